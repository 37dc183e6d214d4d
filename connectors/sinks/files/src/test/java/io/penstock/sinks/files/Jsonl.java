package io.penstock.sinks.files;

import io.penstock.config.Config;
import io.penstock.parts.directory.Disk;
import io.penstock.record.StreamId;
import io.penstock.sink.Sink;
import io.penstock.sink.SinkRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import reactor.core.scheduler.Schedulers;

/** Opens the sink, and reads what it has committed. */
final class Jsonl {

    private Jsonl() {}

    static Sink open(Path directory) {
        JsonlProvider provider = new JsonlProvider();
        Config config = Config.of(provider.settings(), Map.of("path", directory.toString()));
        return provider.open(config, new SinkRuntime(Schedulers.parallel(), Clock.systemUTC(), directory));
    }

    static List<String> committed(Path directory, StreamId stream) {
        try {
            StreamState state = OutputDirectory.stateFile(directory.resolve(".penstock"), Disk.REAL)
                    .load()
                    .orElse(DirectoryState.EMPTY)
                    .streams()
                    .get(stream);
            if (state == null || state.current().length() == 0) {
                return List.of();
            }
            byte[] bytes = Files.readAllBytes(directory.resolve(state.file()));
            return new String(Arrays.copyOf(bytes, (int) state.current().length()), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
