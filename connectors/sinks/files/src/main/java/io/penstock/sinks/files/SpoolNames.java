package io.penstock.sinks.files;

import java.nio.file.Path;

/** Numbers the spool files of one run. Confined to the writer thread. */
final class SpoolNames {

    private final Path directory;
    private long last;

    SpoolNames(Path directory) {
        this.directory = directory;
    }

    Path next() {
        return directory.resolve(++last + ".jsonl");
    }
}
