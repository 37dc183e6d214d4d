/**
 * Writes each stream as typed Parquet files, every record exactly once.
 *
 * <p>Start at {@link io.penstock.sinks.parquet.ParquetProvider}. The parts and their manifest are those of
 * {@link io.penstock.parts}; the columns, and DuckDB that writes them, those of {@link io.penstock.columns}.
 *
 * <p>Invariant: a value reads back as it was, or the commit is refused.
 */
@NullMarked
package io.penstock.sinks.parquet;

import org.jspecify.annotations.NullMarked;
