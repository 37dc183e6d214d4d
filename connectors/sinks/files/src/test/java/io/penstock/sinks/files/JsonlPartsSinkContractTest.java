package io.penstock.sinks.files;

import io.penstock.record.StreamInfo;
import io.penstock.sink.Sink;
import io.penstock.testkit.sink.RewriteContract;
import io.penstock.testkit.sink.Rows;
import io.penstock.testkit.sink.SinkContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The contract of all sinks, on parts of JSON lines. */
final class JsonlPartsSinkContractTest implements SinkContract, RewriteContract {

    @Override
    public Sink open(Path directory) {
        return Parts.open(
                new JsonlProvider(), directory, Map.of("compression", "gzip", "roll", Map.of("bytes", "64KiB")));
    }

    @Override
    public List<Map<String, Object>> visible(Path directory, StreamInfo stream) {
        return Parts.lines(directory, stream.id()).stream().map(Rows::of).toList();
    }
}
