package io.penstock.runner.run;

import io.penstock.config.Nearest;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.record.Cursor;
import io.penstock.record.StreamInfo;
import io.penstock.runner.mapping.Mapping;
import io.penstock.runner.plan.PlannedConnection;
import io.penstock.runner.plan.PlannedStream;
import io.penstock.runner.slice.Sieve;
import io.penstock.runner.slice.StreamRun;
import io.penstock.sink.Sink;
import io.penstock.sink.WriteMode;
import io.penstock.source.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import reactor.core.scheduler.Scheduler;

/** Decides which of a source's streams are run, and how. */
final class Selection {

    private final PlannedConnection connection;
    private final RunOptions options;

    Selection(PlannedConnection connection, RunOptions options) {
        this.connection = connection;
        this.options = options;
    }

    /**
     * The streams in the plan's order, or in the source's if the plan names none.
     *
     * @throws ConfigError if a named stream does not exist, or cannot be written as wished
     */
    List<StreamRun> of(List<StreamInfo> offered, Source source, Sink sink, Scheduler timer) {
        Map<String, StreamInfo> byName = new LinkedHashMap<>();
        offered.forEach(info -> byName.put(info.id().name(), info));
        List<StreamRun> runs = new ArrayList<>();
        connection.requireGrave(sink);
        for (PlannedStream planned : filtered(planned(byName))) {
            StreamInfo info = byName.get(planned.name());
            if (info == null) {
                throw unknown(planned.name(), byName.keySet());
            }
            Optional<Mapping> mapping = Mapping.wanted(planned.mapping(), info);
            StreamInfo mapped = mapping.map(Mapping::info).orElse(info);
            boolean apart = options.stretch().isPresent();
            Optional<Cursor> start = apart ? Optional.empty() : planned.start().map(text -> start(source, info, text));
            WriteMode mode = Modes.choose(mapped, planned, sink.modes(), options.fullRefresh());
            if (apart) {
                Modes.requireRepeatable(mapped, mode);
            }
            Sieve sieve = new Sieve(mapping, planned.errors());
            runs.add(new StreamRun(mapped, mode, sink.cadence(), start, sieve, timer));
        }
        return runs;
    }

    private List<PlannedStream> planned(Map<String, StreamInfo> byName) {
        return connection.streams().isEmpty()
                ? byName.keySet().stream().map(PlannedStream::of).toList()
                : connection.streams();
    }

    private List<PlannedStream> filtered(List<PlannedStream> planned) {
        Set<String> wanted = wanted();
        if (options.streams().isEmpty()) {
            return planned;
        }
        Set<String> known = new LinkedHashSet<>();
        planned.forEach(stream -> known.add(stream.name()));
        for (String name : wanted) {
            if (!known.contains(name)) {
                throw unknown(name, known);
            }
        }
        return planned.stream().filter(stream -> wanted.contains(stream.name())).toList();
    }

    /** The filter's names that concern this connection. */
    private Set<String> wanted() {
        Set<String> names = new LinkedHashSet<>();
        String prefix = connection.id().name() + "/";
        for (String name : options.streams()) {
            if (name.startsWith(prefix)) {
                names.add(name.substring(prefix.length()));
            } else if (name.indexOf('/') < 0) {
                names.add(name);
            }
        }
        return names;
    }

    private ConfigError unknown(String name, Set<String> known) {
        return new ConfigError("connection " + connection.id() + " has no stream " + name + Nearest.hint(name, known));
    }

    private static Cursor start(Source source, StreamInfo info, String text) {
        return source.startingAt(info.id(), text)
                .orElseThrow(() -> new ConfigError("the stream " + info.id()
                        + " can only be read from its beginning: remove start from the plan"));
    }
}
