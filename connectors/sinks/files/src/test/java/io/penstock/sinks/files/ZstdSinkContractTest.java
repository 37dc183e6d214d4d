package io.penstock.sinks.files;

import io.penstock.sink.Sink;
import io.penstock.testkit.sink.SinkContract;
import java.nio.file.Path;
import java.util.Map;

/** The contract of all sinks, on JSON lines in frames of Zstandard. */
final class ZstdSinkContractTest implements JsonlHooks, SinkContract {

    @Override
    public Sink open(Path directory) {
        return Parts.open(new JsonlProvider(), directory, Map.of("compression", "zstd"));
    }
}
