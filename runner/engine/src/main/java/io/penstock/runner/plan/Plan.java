package io.penstock.runner.plan;

import io.penstock.config.Nearest;
import io.penstock.config.SecretSource;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.redact.Redaction;
import io.penstock.runner.catalogue.Catalogue;
import io.penstock.runner.secrets.Keyring;
import io.penstock.runner.vault.PlannedVault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A judged plan: everything in it is known, of the right type and in range.
 *
 * @param name the file's name, for messages
 * @param directory what relative paths are relative to
 * @param connections in the order written
 * @param credentials where credentials are kept that change while they are used; empty for where the program keeps them
 * @param redaction knows every secret the plan refers to
 * @param origins where every value comes from, in the order written
 */
public record Plan(
        String name,
        Path directory,
        List<PlannedConnection> connections,
        Optional<PlannedVault> credentials,
        Redaction redaction,
        List<Origin> origins) {

    /** Copies the lists. */
    public Plan {
        connections = List.copyOf(connections);
        origins = List.copyOf(origins);
    }

    /** This plan in another directory. */
    public Plan in(Path other) {
        return new Plan(name, other, connections, credentials, redaction, origins);
    }

    /** This plan with other connections. */
    public Plan with(List<PlannedConnection> others) {
        return new Plan(name, directory, others, credentials, redaction, origins);
    }

    /**
     * Reads and judges a file; blocks while it does.
     *
     * @param profile which profile to lay over it
     * @param secrets finds what {@code ${scheme:name}} refers to; paths are resolved against the plan's directory before
     * @throws ConfigError naming every problem with line and column
     */
    public static Plan load(Path file, Optional<String> profile, Catalogue catalogue, SecretSource secrets) {
        return load(file, profile, catalogue, Keyring.of(secrets));
    }

    /**
     * Reads and judges a file; blocks while it does, and while secrets are read from files and stores.
     *
     * @param profile which profile to lay over it
     * @param keyring finds what {@code ${scheme:name}} refers to
     * @throws ConfigError naming every problem with line and column
     */
    public static Plan load(Path file, Optional<String> profile, Catalogue catalogue, Keyring keyring) {
        Path absolute = file.toAbsolutePath();
        Path directory = Optional.ofNullable(absolute.getParent()).orElse(absolute);
        String name = String.valueOf(absolute.getFileName());
        return new PlanReader(name, directory, catalogue, keyring).read(PlanText.of(file), profile);
    }

    /**
     * Judges a text as if it were a file called {@code name} in {@code directory}.
     *
     * @throws ConfigError naming every problem with line and column
     */
    public static Plan parse(String name, Path directory, String yaml, Catalogue catalogue, SecretSource secrets) {
        return new PlanReader(name, directory, catalogue, Keyring.of(secrets)).read(yaml, Optional.empty());
    }

    /** A JSON Schema (2020-12) of plans, given what is installed, in plain values. */
    public static Map<String, Object> schema(Catalogue catalogue) {
        return new PlanSettings(catalogue).schema();
    }

    /**
     * The connection called {@code wanted}.
     *
     * @throws ConfigError with the nearest name
     */
    public PlannedConnection connection(String wanted) {
        return connections.stream()
                .filter(connection -> connection.id().name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new ConfigError("the plan " + name + " has no connection " + wanted
                        + Nearest.hint(
                                wanted,
                                connections.stream().map(c -> c.id().name()).toList())));
    }
}
