package io.penstock.runner.vault;

import io.penstock.store.Vault;
import io.penstock.store.VaultServer;

/**
 * A vault in use.
 *
 * @param vault what clients keep credentials in
 * @param server where it is
 */
public record OpenVault(Vault vault, VaultServer server) implements AutoCloseable {

    /** Lets go of the server; idempotent, never blocks. */
    @Override
    public void close() {
        server.close();
    }
}
