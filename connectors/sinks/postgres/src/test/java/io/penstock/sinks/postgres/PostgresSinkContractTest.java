package io.penstock.sinks.postgres;

import io.penstock.testkit.sink.RewriteContract;
import io.penstock.testkit.sink.SinkContract;

/** The contract of all sinks, on PostgreSQL. */
final class PostgresSinkContractTest implements PostgresHooks, SinkContract, RewriteContract {}
