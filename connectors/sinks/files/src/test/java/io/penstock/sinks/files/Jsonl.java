package io.penstock.sinks.files;

import io.penstock.parts.directory.Disk;
import io.penstock.record.StreamId;
import io.penstock.sink.Sink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Opens the sink, and reads what it has committed. */
final class Jsonl {

    private Jsonl() {}

    static Sink open(Path directory) {
        return Parts.open(new JsonlProvider(), directory, Map.of());
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
            return Parts.text(state.file(), Arrays.copyOf(bytes, (int)
                            state.current().length()))
                    .lines()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
