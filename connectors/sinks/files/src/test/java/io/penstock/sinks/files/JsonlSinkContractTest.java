package io.penstock.sinks.files;

import io.penstock.record.StreamInfo;
import io.penstock.sink.Sink;
import io.penstock.testkit.sink.Rows;
import io.penstock.testkit.sink.SinkContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The contract of all sinks, on JSON lines. */
final class JsonlSinkContractTest implements SinkContract {

    @Override
    public Sink open(Path directory) {
        return Jsonl.open(directory);
    }

    @Override
    public List<Map<String, Object>> visible(Path directory, StreamInfo stream) {
        return Jsonl.committed(directory, stream.id()).stream().map(Rows::of).toList();
    }
}
