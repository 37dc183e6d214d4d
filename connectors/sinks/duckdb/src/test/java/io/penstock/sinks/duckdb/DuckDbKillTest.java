package io.penstock.sinks.duckdb;

import io.penstock.record.StreamInfo;
import io.penstock.sink.Sink;
import io.penstock.testkit.sink.KillContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Killed at every durable step of DuckDB. */
final class DuckDbKillTest implements KillContract {

    @Override
    public Sink open(Path directory) {
        return DuckDb.open(directory);
    }

    @Override
    public List<Map<String, Object>> visible(Path directory, StreamInfo stream) {
        return DuckDb.rows(directory, stream.id());
    }

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
