package io.penstock.sinks.files;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.record.StreamId;
import java.util.Collection;

/** Turns stream names into file names that are safe on every file system. */
final class FileNames {

    private static final String ENDING = ".jsonl";
    private static final int LONGEST = 120 - ENDING.length() - OpenFile.NEXT.length();

    private FileNames() {}

    /** The file of a stream: letters, digits, dots, underscores and hyphens, no leading dot, at most 120 bytes. */
    static String of(String stream) {
        String plain = stream.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.", "_");
        return plain.substring(0, Math.min(LONGEST, plain.length())) + ENDING;
    }

    /** Refuses a stream whose file would be that of another stream, capital letters or not. */
    static void requireFree(StreamId stream, String file, Collection<StreamState> others) {
        for (StreamState other : others) {
            if (other.file().equalsIgnoreCase(file) && !other.id().equals(stream)) {
                throw new ConfigError("the streams " + other.id() + " and " + stream + " would both be written to "
                        + file + ": give one of the connections another path");
            }
        }
    }
}
