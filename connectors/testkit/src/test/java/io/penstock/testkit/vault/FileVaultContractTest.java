package io.penstock.testkit.vault;

import io.penstock.config.Secret;
import io.penstock.store.Vault;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Schedulers;

/** The vault of files holds the contract, too. Time budget: 10 s. */
class FileVaultContractTest implements VaultContract {

    @TempDir
    private Path folder;

    @Override
    public Vault here(Secret key) {
        return Vault.inDirectory(folder.resolve("vault"), Optional.of(key), Schedulers.parallel());
    }

    @Override
    public Vault there(Secret key) {
        return here(key);
    }
}
