package io.penstock.sinks.duckdb;

import io.penstock.testkit.sink.KillContract;
import java.util.List;

/** Killed at every durable step of DuckDB. */
final class DuckDbKillTest implements DuckDbHooks, KillContract {

    @Override
    public List<String> killPoints() {
        return List.of(
                "duckdb.schema.committed#1",
                "duckdb.schema.done#1",
                "duckdb.commit.begun#2",
                "duckdb.commit.inserted#1",
                "duckdb.commit.inserted#3",
                "duckdb.commit.done#1",
                "duckdb.commit.done#3",
                "duckdb.schema.committed#2",
                "duckdb.publish.swapped",
                "duckdb.publish.committed");
    }
}
