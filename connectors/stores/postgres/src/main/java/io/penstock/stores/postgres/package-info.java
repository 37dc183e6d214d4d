/**
 * Keeps credentials in PostgreSQL, for processes on several machines that share them.
 *
 * <p>Start at {@link io.penstock.stores.postgres.PostgresVault}. One small table, changed by compare-and-set; turns are advisory locks
 * of a session, which end with their process. JDBC blocks, so all of it runs on one small scheduler of its own.
 */
@NullMarked
package io.penstock.stores.postgres;

import org.jspecify.annotations.NullMarked;
