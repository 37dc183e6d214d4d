package io.penstock.runner.secrets;

import io.penstock.config.Secret;
import io.penstock.config.SecretSource;
import io.penstock.redact.Redaction;
import io.penstock.secret.SecretRuntime;
import io.penstock.secret.SecretStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * All secrets of a program's plans: finds what references name, keeps it fresh, and lets the redaction know of it first.
 *
 * <p>A reference that is asked for again gives the same secret. Files and what comes from stores is read again when it is older than
 * five minutes and when a server refuses it; variables stay as they are. Safe for concurrent use; to be closed with the program's
 * HTTP clients.
 */
public final class Keyring implements AutoCloseable {

    private final SecretSource variables;
    private final Function<String, Optional<Variables.Value>> origins;
    private final Redaction redaction;
    private final Optional<SecretRuntime> runtime;
    private final Map<String, Secret> found = new ConcurrentHashMap<>();
    private final Set<String> warnings = new ConcurrentSkipListSet<>();
    private final List<SecretStore> open = new ArrayList<>();
    private final Scheduler files = Schedulers.newBoundedElastic(1, 1_000, "penstock-secret-files", 10, true);

    private Keyring(
            SecretSource variables,
            Function<String, Optional<Variables.Value>> origins,
            Redaction redaction,
            Optional<SecretRuntime> runtime) {
        this.variables = variables;
        this.origins = origins;
        this.redaction = redaction;
        this.runtime = runtime;
    }

    /** Knows what {@code source} knows, as it is now, and no stores. */
    public static Keyring of(SecretSource source) {
        return new Keyring(source, name -> Optional.empty(), Redaction.empty(), Optional.empty());
    }

    /**
     * Knows variables, files and stores.
     *
     * @param redaction learns every secret before anybody else does
     * @param client begins the HTTP clients of stores
     */
    public static Keyring of(Variables variables, Redaction redaction, SecretRuntime client) {
        Keyring keyring =
                new Keyring(SecretSource.of(variables.texts()), variables::find, redaction, Optional.of(client));
        keyring.warnings.addAll(variables.warnings());
        return keyring;
    }

    /** Hides every secret that was found so far, and those to come. */
    public Redaction redaction() {
        return redaction;
    }

    /** Where the variable {@code name} was set, if that is known. */
    public Optional<String> origin(String name) {
        return origins.apply(name).map(Variables.Value::origin);
    }

    /** What a person should know of what was found so far; never a value. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** What stores opened through this keyring are handed; empty if it has none. */
    Optional<SecretRuntime> runtime() {
        return runtime;
    }

    /** Finds variables and files, the latter relative to {@code directory}. */
    public SecretSource in(Path directory) {
        return new PlanSecrets(this, directory, Map.of());
    }

    /** As {@link #in(Path)}, and what {@code stores} hold, by scheme. */
    public SecretSource in(Path directory, Map<String, SecretStore> stores) {
        synchronized (open) {
            open.addAll(stores.values());
        }
        return new PlanSecrets(this, directory, stores);
    }

    /** Where files are read again. */
    Scheduler files() {
        return files;
    }

    SecretSource variables() {
        return variables;
    }

    /** The secret under {@code reference}: the one already found, or what {@code find} makes. */
    Secret keep(String reference, Function<String, Secret> find) {
        Secret known = found.get(reference);
        if (known == null) {
            Secret fresh = find.apply(reference);
            known = found.putIfAbsent(reference, fresh);
            known = known == null ? fresh : known;
        }
        learn(known);
        return known;
    }

    void learn(Secret secret) {
        redaction.learn(secret);
        int bytes = secret.reveal(text -> text.getBytes(StandardCharsets.UTF_8).length);
        if (bytes < Redaction.SHORTEST) {
            warnings.add("the secret " + secret.reference() + " has fewer than " + Redaction.SHORTEST
                    + " bytes: where it stands without a telling name it cannot be hidden in logs; use a longer one");
        }
    }

    /** Closes the stores; idempotent. */
    @Override
    public void close() {
        files.dispose();
        synchronized (open) {
            open.forEach(SecretStore::close);
            open.clear();
        }
    }
}
