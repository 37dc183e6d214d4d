package io.penstock.store;

import io.penstock.config.Secret;

/** A place for vaults that several processes share, opened. Safe for concurrent use. */
public interface VaultServer extends AutoCloseable {

    /**
     * The vault there, encrypted before anything leaves the process; connects with its first use.
     *
     * @param key 32 bytes in Base64, the same for all processes
     */
    Vault vault(Secret key);

    /** Lets go of connections, and with them of every turn; idempotent, never blocks. */
    @Override
    void close();
}
