package io.penstock.runner.plan;

import io.penstock.config.Secret;
import io.penstock.config.SecretSource;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Finds a plan's secrets, with files relative to the plan, and remembers them for {@link Redaction}. */
final class LiveSecrets implements SecretSource {

    private final SecretSource source;
    private final Path directory;
    private final Set<Secret> found = ConcurrentHashMap.newKeySet();

    LiveSecrets(SecretSource source, Path directory) {
        this.source = source;
        this.directory = directory;
    }

    @Override
    public Secret resolve(String scheme, String name) {
        Secret secret = scheme.equals("file")
                ? source.resolve(scheme, directory.resolve(name).toString())
                : source.resolve(scheme, name);
        found.add(secret);
        return secret;
    }

    Redaction redaction() {
        return Redaction.of(found);
    }
}
