package io.penstock.testkit.vault;

/**
 * Every MUST of {@link io.penstock.store.ByteStore} and {@link io.penstock.store.Locks} in one place for credentials, and what
 * follows from them for a token that is replaced with each use, as tests. {@link VaultHooks} is what their user implements.
 */
public interface VaultContract extends EntriesContract, TurnsContract, SharedTokenContract {}
