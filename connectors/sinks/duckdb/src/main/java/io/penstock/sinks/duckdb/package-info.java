/**
 * Writes each stream into a typed table of a DuckDB file, every record exactly once.
 *
 * <p>Start at {@link io.penstock.sinks.duckdb.DuckDbProvider}. Stages gather JSON lines in files beside the database; a commit is
 * one transaction on the one writer thread of that file: a bulk statement that reads the lines, and the row that says where the
 * slice stands. Tables grow with the data: columns are added and types widened so that no value is lost or rounded.
 *
 * <p>Invariant: rows and cursor change in the same transaction, and only if version and epoch are the expected ones.
 */
@NullMarked
package io.penstock.sinks.duckdb;

import org.jspecify.annotations.NullMarked;
