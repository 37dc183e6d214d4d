package io.penstock.sinks.files;

import com.github.luben.zstd.ZstdInputStream;
import io.penstock.config.Config;
import io.penstock.parts.PartFormat;
import io.penstock.parts.PartsSettings;
import io.penstock.parts.directory.Disk;
import io.penstock.record.StreamId;
import io.penstock.sink.Sink;
import io.penstock.sink.SinkProvider;
import io.penstock.sink.SinkRuntime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import reactor.core.scheduler.Schedulers;

/** Opens sinks of part files, and looks into their folders as a person would: whatever parts are there. */
final class Parts {

    private Parts() {}

    static Sink open(SinkProvider provider, Path directory, Map<String, ?> more) {
        return provider.open(Config.of(provider.settings(), settings(directory, more)), runtime(directory));
    }

    /** A sink on a disk that may fail. */
    static Sink open(PartFormat format, Path directory, Map<String, ?> more, Disk disk) {
        Config config = Config.of(PartsSettings.and(), settings(directory, more));
        return PartsSettings.sink("parts", format, config, runtime(directory), disk);
    }

    private static Map<String, Object> settings(Path directory, Map<String, ?> more) {
        Map<String, Object> settings = new LinkedHashMap<>(more);
        settings.put("path", directory.toString());
        return settings;
    }

    private static SinkRuntime runtime(Path directory) {
        return new SinkRuntime(Schedulers.parallel(), Clock.systemUTC(), directory);
    }

    /** The parts that a plain search finds, relative to the directory, in order. */
    static List<String> names(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .filter(name -> !name.startsWith(".penstock"))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The lines of all parts of a stream. */
    static List<String> lines(Path directory, StreamId stream) {
        List<String> lines = new ArrayList<>();
        for (String name : names(directory)) {
            if (name.startsWith(stream.name() + "/")) {
                lines.addAll(text(directory.resolve(name)).lines().toList());
            }
        }
        return lines;
    }

    static String text(Path file) {
        try {
            return text(file.toString(), Files.readAllBytes(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The text that a file with {@code name} holds. */
    static String text(String name, byte[] bytes) {
        ByteArrayInputStream raw = new ByteArrayInputStream(bytes);
        try (InputStream in = name.endsWith(".gz")
                ? new GZIPInputStream(raw)
                : name.endsWith(".zst") ? new ZstdInputStream(raw) : raw) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
