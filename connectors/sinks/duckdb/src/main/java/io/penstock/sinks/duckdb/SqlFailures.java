package io.penstock.sinks.duckdb;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.PenstockException;
import io.penstock.error.SinkFailure.SinkFull;
import io.penstock.error.SinkFailure.SinkPermanent;
import io.penstock.error.SinkFailure.SinkTransient;
import io.penstock.error.StateFailure.StateConflict;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one place that reads DuckDB's messages: from text to type. */
final class SqlFailures {

    private static final Pattern OWNER = Pattern.compile("\\(PID (\\d+)\\)");

    private SqlFailures() {}

    static PenstockException of(String what, SQLException failure) {
        String text = String.valueOf(failure.getMessage());
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("lock on file")) {
            Matcher owner = OWNER.matcher(text);
            return new StateConflict(
                    what + ": another program has it open" + (owner.find() ? " (process " + owner.group(1) + ")" : "")
                            + "; close it there and run again",
                    failure);
        }
        if (lower.contains("no space left")
                || lower.contains("disk full")
                || lower.contains("max_temp_directory_size")) {
            return new SinkFull(what + ": no space is left on the disk; make room and run again", failure);
        }
        if (lower.contains("not a valid duckdb") || lower.contains("different version of duckdb")) {
            return new ConfigError(
                    what + ": it is not a DuckDB file that this version can read; choose another path", failure);
        }
        if (lower.contains("out of memory")) {
            return new SinkPermanent(
                    what + ": DuckDB's memory_limit is too small; raise it in the sink's settings", failure);
        }
        if (lower.contains("conflict")) {
            return new SinkTransient(what + ": a conflict inside the database", failure);
        }
        return new SinkPermanent(what + ": " + firstLine(text), failure);
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() > 300 ? line.substring(0, 300) : line;
    }
}
