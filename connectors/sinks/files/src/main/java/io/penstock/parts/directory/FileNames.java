package io.penstock.parts.directory;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.record.StreamId;
import java.util.Map;

/** Turns stream names into file names that are safe on every file system. */
public final class FileNames {

    private static final int LONGEST = 110;

    private FileNames() {}

    /** The file of a stream: letters, digits, dots, underscores and hyphens, no leading dot, at most 120 bytes. */
    public static String of(String stream, String ending) {
        String plain = stream.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.", "_");
        return plain.substring(0, Math.min(LONGEST - ending.length(), plain.length())) + ending;
    }

    /** A path as a word of a shell's command line. */
    public static String quoted(String path) {
        return path.matches("[\\w./-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }

    /** Refuses a stream whose file would be that of another stream, capital letters or not. */
    public static void requireFree(StreamId stream, String file, Map<StreamId, String> others) {
        others.forEach((other, taken) -> {
            if (taken.equalsIgnoreCase(file) && !other.equals(stream)) {
                throw new ConfigError("the streams " + other + " and " + stream + " would both be written to " + file
                        + ": give one of the connections another path");
            }
        });
    }
}
