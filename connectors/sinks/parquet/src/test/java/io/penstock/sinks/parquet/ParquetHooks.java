package io.penstock.sinks.parquet;

import io.penstock.record.StreamInfo;
import io.penstock.sink.Sink;
import io.penstock.testkit.sink.SinkHooks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How the contracts open the sink and look into it. */
interface ParquetHooks extends SinkHooks {

    @Override
    default Sink open(Path directory) {
        return Parquet.open(directory);
    }

    @Override
    default List<Map<String, Object>> visible(Path directory, StreamInfo stream) {
        return Parquet.rows(directory, stream.id());
    }
}
