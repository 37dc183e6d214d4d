package io.penstock.runner.run;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.record.StreamInfo;
import io.penstock.runner.plan.PlannedStream;
import io.penstock.sink.WriteMode;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Chooses how a stream is written. */
final class Modes {

    private Modes() {}

    /**
     * What the plan wishes; else upsert for what is incremental and has a key, append for what is incremental only, replace for
     * what can only be read whole, as far as the sink offers it.
     *
     * @throws ConfigError if the wish cannot be granted, or a full refresh would double rows
     */
    static WriteMode choose(StreamInfo info, PlannedStream planned, Set<WriteMode> offered, boolean fullRefresh) {
        WriteMode mode = planned.mode().orElseGet(() -> fitting(info, offered));
        if (!offered.contains(mode)) {
            throw new ConfigError("the stream " + info.id() + " cannot be written in mode " + lower(mode)
                    + ": the sink offers " + list(offered));
        }
        if (mode == WriteMode.UPSERT && info.primaryKey().isEmpty()) {
            throw new ConfigError("the stream " + info.id()
                    + " cannot be written in mode upsert: it has no primary key. Use append or replace");
        }
        return fullRefresh ? refreshed(info, mode, offered) : mode;
    }

    /**
     * Judges whether rows that are there already may come again.
     *
     * @throws ConfigError if they would be doubled, or would take the place of all others
     */
    static void requireRepeatable(StreamInfo info, WriteMode mode) {
        if (mode != WriteMode.UPSERT) {
            throw new ConfigError(
                    "a stretch of time of " + info.id() + " cannot be written in mode " + lower(mode) + ": "
                            + (mode == WriteMode.REPLACE
                                    ? "it would take the place of all other rows"
                                    : "rows that are there would be doubled")
                            + ". Say mode: upsert in the plan, with a key and a sink that offers it");
        }
    }

    private static WriteMode fitting(StreamInfo info, Set<WriteMode> offered) {
        boolean keyed = !info.primaryKey().isEmpty() && offered.contains(WriteMode.UPSERT);
        if (!info.incremental() && offered.contains(WriteMode.REPLACE)) {
            return WriteMode.REPLACE;
        }
        return keyed ? WriteMode.UPSERT : WriteMode.APPEND;
    }

    private static WriteMode refreshed(StreamInfo info, WriteMode mode, Set<WriteMode> offered) {
        if (offered.contains(WriteMode.REPLACE)) {
            return WriteMode.REPLACE;
        }
        if (mode == WriteMode.APPEND) {
            throw new ConfigError("a full refresh of " + info.id()
                    + " would append every row a second time: the sink cannot replace a stream. Use mode upsert,"
                    + " or empty the store and reset the state");
        }
        return mode;
    }

    private static String list(Set<WriteMode> modes) {
        return modes.stream().map(Modes::lower).sorted().collect(Collectors.joining(", "));
    }

    private static String lower(WriteMode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
