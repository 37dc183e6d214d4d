package io.penstock.runner.secrets;

import io.penstock.config.Secret;
import io.penstock.config.SecretFile;
import io.penstock.config.SecretSource;
import io.penstock.error.BadConfig.SecretMissing;
import io.penstock.secret.SecretRuntime;
import io.penstock.secret.SecretStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The references of one plan: files are relative to it, and stores are those it configures. */
final class PlanSecrets implements SecretSource {

    private static final Duration LONGEST = Duration.ofSeconds(45);

    private final Keyring keyring;
    private final Path directory;
    private final Map<String, SecretStore> stores;

    PlanSecrets(Keyring keyring, Path directory, Map<String, SecretStore> stores) {
        this.keyring = keyring;
        this.directory = directory;
        this.stores = Map.copyOf(stores);
    }

    @Override
    public Secret resolve(String scheme, String name) {
        return switch (scheme) {
            case "env" ->
                keyring.keep("env:" + name, reference -> keyring.variables().resolve(scheme, name));
            case "file" -> file(name);
            default -> stored(scheme, name);
        };
    }

    private Secret file(String name) {
        String path = path(name);
        Mono<String> again = Mono.fromCallable(() -> SecretFile.read(path)).subscribeOn(keyring.files());
        return keyring.keep(
                "file:" + path,
                reference -> renewed(reference, keyring.variables().resolve("file", path), again));
    }

    private String path(String name) {
        try {
            return directory.resolve(name).toString();
        } catch (java.nio.file.InvalidPathException none) {
            throw new SecretMissing("the secret file " + name + " cannot be read: this is no path", none);
        }
    }

    private Secret stored(String scheme, String name) {
        @Nullable SecretStore store = stores.get(scheme);
        if (store == null) {
            List<String> schemes = new ArrayList<>(List.of("env", "file"));
            stores.keySet().stream().sorted().forEach(schemes::add);
            throw new SecretMissing("the reference ${" + scheme + ":" + name + "} has an unknown scheme: use "
                    + String.join(", ", schemes.subList(0, schemes.size() - 1)) + " or "
                    + schemes.get(schemes.size() - 1));
        }
        return keyring.keep(scheme + ":" + name, reference -> {
            Mono<String> read = store.read(name);
            return renewed(reference, Secret.named(reference, first(reference, read)), read);
        });
    }

    /** The thread that reads a plan waits, as for files. */
    private static String first(String reference, Mono<String> read) {
        try {
            return Optional.ofNullable(read.block(LONGEST))
                    .orElseThrow(() -> new SecretMissing("the secret " + reference + " is empty: give it a value"));
        } catch (IllegalStateException tooLate) {
            throw new SecretMissing(
                    "the store of the secret " + reference + " has not answered in " + LONGEST.toSeconds() + " s",
                    tooLate);
        }
    }

    private Secret renewed(String reference, Secret now, Mono<String> again) {
        return keyring.runtime()
                .map(SecretRuntime::timer)
                .map(timer -> now.reveal(text -> Secret.renewed(
                        reference,
                        text,
                        again.doOnNext(value -> keyring.redaction().learn(value)),
                        timer)))
                .orElse(now);
    }
}
