package io.penstock.sinks.postgres;

import io.penstock.record.StreamInfo;
import io.penstock.sink.Sink;
import io.penstock.testkit.sink.SinkHooks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How the contracts open the sink and look into it. */
interface PostgresHooks extends SinkHooks {

    @Override
    default Sink open(Path directory) {
        return Postgres.open(directory);
    }

    @Override
    default List<Map<String, Object>> visible(Path directory, StreamInfo stream) {
        return Postgres.rows(directory, stream.id());
    }
}
