package io.penstock.columns;

import io.penstock.error.PenstockException;
import io.penstock.error.SinkFailure.SinkFull;
import io.penstock.error.SinkFailure.SinkPermanent;
import io.penstock.error.SinkFailure.SinkTransient;
import io.penstock.error.StateFailure.StateConflict;
import io.penstock.sink.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** The one table from what DuckDB says to what is done next. */
public final class SqlFailures {

    private SqlFailures() {}

    /** The kind of {@code failure}, met while {@code file} was written. */
    public static PenstockException sorted(Path file, Throwable failure) {
        if (failure instanceof SQLException sql) {
            return sorted(file, sql);
        }
        Throwable cause =
                failure instanceof UncheckedIOException wrapped ? Objects.requireNonNull(wrapped.getCause()) : failure;
        return cause instanceof IOException io
                ? PrivateFiles.failure("writing beside " + file, io)
                : new SinkPermanent("writing " + file + " failed: " + cause, cause);
    }

    private static PenstockException sorted(Path file, SQLException failure) {
        String words = firstLine(failure);
        String lower = words.toLowerCase(Locale.ROOT);
        if (isFull(lower)) {
            return new SinkFull(
                    "no room left on the disk of " + file
                            + "; what was committed before stands: free some space and run again",
                    failure);
        }
        if (lower.contains("could not set lock") || lower.contains("conflicting lock")) {
            return new StateConflict(
                    "another process has " + file + " open (" + words
                            + "): close it there, wait for its end, or choose another path",
                    failure);
        }
        if (lower.contains("out of memory")) {
            return new SinkPermanent(
                    "DuckDB needs more memory for " + file + " than memory_limit allows (" + words
                            + "): raise memory_limit",
                    failure);
        }
        if (lower.contains("conflict") || lower.contains("interrupt")) {
            return new SinkTransient("DuckDB could not finish a statement on " + file + " now: " + words, failure);
        }
        return new SinkPermanent("DuckDB refused a statement on " + file + ": " + words, failure);
    }

    /** What the operating system says in DuckDB's "Could not write file". */
    private static boolean isFull(String lower) {
        return Stream.of("no space left", "disk is full", "quota exceeded", "file too large")
                .anyMatch(lower::contains);
    }

    private static String firstLine(SQLException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    /** Whether a value could not be turned into the type of its column. */
    public static boolean isConversion(SQLException failure) {
        String words = String.valueOf(failure.getMessage());
        return words.contains("Conversion Error") || words.contains("JSON transform error");
    }
}
