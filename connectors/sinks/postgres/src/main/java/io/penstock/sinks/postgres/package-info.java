/**
 * Writes each stream into a typed table of a PostgreSQL database, every record exactly once.
 *
 * <p>Start at {@link io.penstock.sinks.postgres.PostgresProvider}. Stages gather JSON lines in files without a name; a commit is
 * one transaction on the sink's one writer thread: COPY of the lines, and the row that says where the slice stands. Tables grow
 * with the data: columns are added and types widened so that no value is lost or rounded.
 *
 * <p>Invariant: rows and cursor change in the same transaction, which first locks the connection's epoch and goes on only if
 * epoch and version are the expected ones.
 */
@NullMarked
package io.penstock.sinks.postgres;

import org.jspecify.annotations.NullMarked;
