package io.penstock.parts;

import io.penstock.parts.directory.Disk;
import io.penstock.record.RecordBytes;
import io.penstock.record.StreamInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Turns lines of JSON into one part file.
 *
 * <p>It remembers what it must know of the parts before, such as their columns, in a text that the manifest keeps. All methods
 * block and are called on one thread, but for those of a {@link Scan}, which are called one at a time.
 */
public interface PartFormat extends AutoCloseable {

    /** What the name of a part ends in, such as {@code .parquet}. */
    String ending();

    /** Gathers what a commit must know of its records before it writes them. */
    Scan scan();

    /**
     * What is remembered once parts with the records of {@code seen} have been written.
     *
     * @param memory what was remembered before; empty for the first part of a stream
     */
    String grown(StreamInfo stream, String memory, List<Scan> seen);

    /**
     * Writes one part, which is not yet durable.
     *
     * @return what is remembered: {@link Job#memory} unless the records did not fit it
     * @throws io.penstock.error.DataRejected.RecordRejected if a record cannot be written; then the part may be there in part
     */
    String write(Job job) throws IOException;

    /** What a person types to look at the parts below {@code folder}. */
    String look(Path folder);

    @Override
    void close() throws IOException;

    /** What is seen of the records of one stage since its last commit. */
    interface Scan {

        /** Looks at {@code records}. */
        void add(RecordBytes records) throws IOException;

        /** Forgets them. */
        void clear();
    }

    /**
     * One part to be written.
     *
     * @param lines files with one record a line, in order
     * @param rows how many
     * @param part the file to make
     * @param memory what {@link #grown} gave
     * @param seen what was seen of these records and perhaps of others
     * @param disk makes files
     */
    record Job(StreamInfo stream, List<Path> lines, long rows, Path part, String memory, List<Scan> seen, Disk disk) {

        /** The same with other lines. */
        Job of(List<Path> others, long count, Path file) {
            return new Job(stream, others, count, file, memory, seen, disk);
        }

        /** The same with another memory. */
        Job with(String other) {
            return new Job(stream, lines, rows, part, other, seen, disk);
        }
    }
}
