/**
 * One small compare-and-set store of named bytes, for what a process must find again after a restart: what is spent of a quota,
 * tokens that were renewed.
 *
 * <p>Start at {@link io.penstock.store.ByteStore}. {@link io.penstock.store.FileByteStore} survives a kill at any instruction;
 * {@link io.penstock.store.MemoryByteStore} does not survive the process. A {@link io.penstock.store.Vault} keeps credentials, encrypted;
 * {@link io.penstock.store.VaultProvider} is how other places for them are found.
 */
@NullMarked
package io.penstock.store;

import org.jspecify.annotations.NullMarked;
