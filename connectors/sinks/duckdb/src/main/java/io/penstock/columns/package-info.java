/**
 * Reads lines of JSON as typed columns, by statements of DuckDB, without changing a value.
 *
 * <p>Start at {@link io.penstock.columns.Columns}: it grows with what the records hold. {@link io.penstock.columns.Load} is the
 * statement that reads them, {@link io.penstock.columns.NumberScan} finds the numbers that it would round and
 * {@link io.penstock.columns.SpoolRewriter} writes such lines anew.
 *
 * <p>Invariant: a value is stored as it was, or the commit is refused.
 *
 * <p>For sinks that store what DuckDB can write: its own tables, and Parquet files.
 */
@NullMarked
package io.penstock.columns;

import org.jspecify.annotations.NullMarked;
