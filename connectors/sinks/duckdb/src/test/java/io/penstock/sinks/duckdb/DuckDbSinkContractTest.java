package io.penstock.sinks.duckdb;

import io.penstock.testkit.sink.RewriteContract;
import io.penstock.testkit.sink.SinkContract;

/** The contract of all sinks, on DuckDB. */
final class DuckDbSinkContractTest implements DuckDbHooks, SinkContract, RewriteContract {}
