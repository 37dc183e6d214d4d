package io.penstock.sinks.duckdb;

import io.penstock.error.SinkFailure.SinkFull;
import io.penstock.error.SinkFailure.SinkPermanent;
import io.penstock.record.Batch;
import io.penstock.record.RecordBytes;
import io.penstock.record.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The lines of one commit in the making, in a file of its own. Blocks; for one thread at a time. */
final class Spool implements AutoCloseable {

    private final Path file;
    private final FileChannel channel;
    private Shape shape = Shape.EMPTY;
    private long rows;
    private int longest;

    // where the page that is being written began, so that it can be forgotten
    private long page = -1;
    private int attempt;
    private long pageStart;
    private long rowsBefore;

    Spool(Path file) {
        this.file = file;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException failed) {
            throw failure(failed);
        }
    }

    void write(Batch batch) {
        try {
            if (batch.page() != page) {
                page = batch.page();
                pageStart = channel.position();
                rowsBefore = rows;
            }
            attempt = batch.attempt();
            RecordBytes records = batch.records();
            records.runs(this::append);
            rows += records.size();
            shape = shape.and(records.shape());
            for (int i = 0; i < records.size(); i++) {
                longest = Math.max(longest, records.end(i) - records.start(i));
            }
        } catch (IOException failed) {
            throw failure(failed);
        }
    }

    private void append(byte[] array, int offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(array, offset, length);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Forgets the page that is being written, if it is this one and no later attempt. */
    void discard(long unwanted, int upTo) {
        if (unwanted != page || attempt > upTo) {
            return;
        }
        try {
            channel.truncate(pageStart);
            channel.position(pageStart);
            rows = rowsBefore;
            page = -1;
        } catch (IOException failed) {
            throw failure(failed);
        }
    }

    private RuntimeException failure(IOException failed) {
        String text = String.valueOf(failed.getMessage());
        return text.contains("No space left")
                ? new SinkFull(
                        "cannot write " + file + ": no space is left on the disk; make room and run again", failed)
                : new SinkPermanent(
                        "cannot write " + file + ": check that the folder is there and may be written", failed);
    }

    long rows() {
        return rows;
    }

    /** What fields the lines have; may tell of discarded ones too. */
    Shape shape() {
        return shape;
    }

    /** The length of the longest line in bytes. */
    int longest() {
        return longest;
    }

    Path file() {
        return file;
    }

    /** Closes and deletes the file. */
    @Override
    public void close() {
        delete(channel, file);
    }

    private static void delete(@Nullable FileChannel channel, Path file) {
        try {
            if (channel != null) {
                channel.close();
            }
            Files.deleteIfExists(file);
        } catch (IOException leftBehind) {
            // swept by the next claim
        }
    }
}
