package io.penstock.cli.login;

import io.penstock.cli.view.Console;
import io.penstock.config.Secret;
import io.penstock.store.Vault;
import java.nio.file.Path;
import java.util.Optional;
import reactor.core.scheduler.Scheduler;

/** Where this machine's user keeps credentials that are granted or replaced. */
public final class CredentialFolder {

    /** Names another folder than {@code .penstock/credentials} below the user's home. */
    public static final String FOLDER = "PENSTOCK_CREDENTIALS";

    /** Holds the key of the folder, 32 bytes in Base64, instead of the file {@code key} in it. */
    public static final String KEY = "PENSTOCK_CREDENTIALS_KEY";

    private CredentialFolder() {}

    /** The folder that the variables around a command name; nothing is read or made yet. */
    public static Vault of(Console console, Scheduler timer) {
        Path home = Path.of(System.getProperty("user.home"), ".penstock", "credentials");
        Path folder = Optional.ofNullable(console.environment().get(FOLDER))
                .filter(text -> !text.isEmpty())
                .map(console.directory()::resolve)
                .orElse(home);
        Optional<Secret> key = Optional.ofNullable(console.environment().get(KEY))
                .filter(text -> !text.isEmpty())
                .map(text -> Secret.named("env:" + KEY, text));
        return Vault.inDirectory(folder, key, timer);
    }
}
