package io.penstock.sinks.duckdb;

import io.penstock.record.StreamInfo;
import io.penstock.sink.Sink;
import io.penstock.testkit.sink.SinkContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The contract of all sinks, on DuckDB. */
final class DuckDbSinkContractTest implements SinkContract {

    @Override
    public Sink open(Path directory) {
        return DuckDb.open(directory);
    }

    @Override
    public List<Map<String, Object>> visible(Path directory, StreamInfo stream) {
        return DuckDb.rows(directory, stream.id());
    }
}
