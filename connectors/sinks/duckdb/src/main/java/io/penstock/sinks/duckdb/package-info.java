/**
 * Lands records in a DuckDB file: typed tables, rows and cursor in one transaction.
 *
 * <p>Start at {@link io.penstock.sinks.duckdb.DuckDbProvider}. Stages spool lines in parallel; one writer thread a file loads
 * them with {@code read_json} and commits. Everything that must survive stands in the file itself, in tables whose names start
 * with {@code _penstock_}.
 *
 * <p>Invariant: the row of a slice in {@code _penstock_state} changes in the same transaction as the rows it covers.
 */
@NullMarked
package io.penstock.sinks.duckdb;

import org.jspecify.annotations.NullMarked;
