package io.penstock.testkit.model;

import io.penstock.testkit.model.data.Dataset;
import io.penstock.testkit.model.data.RecordReader;
import io.penstock.testkit.model.data.Truth;
import io.penstock.testkit.model.record.Bytes;
import io.penstock.testkit.model.record.ModelStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * The records a {@link ModelApi} serves, without the server: the oracle for whoever reads one.
 *
 * <p>Streams go by their names, revisions from 1 to {@value Dataset#MAX_REVISION}. Safe for concurrent use. Calls may
 * take as long as it takes to generate a stream (about a microsecond a record): not for an event loop.
 */
public final class ModelData {

    private static final int FLUSH = 64 * 1024;

    private final Dataset data;

    ModelData(Dataset data) {
        this.data = data;
    }

    /**
     * The data of one seed, as no client has changed it.
     *
     * @param seed any number; 42 is the server's default
     * @param records rows per stream in revision 1, 0 to {@value Dataset#MAX_RECORDS}
     * @throws IllegalArgumentException if {@code records} is out of range
     */
    public static ModelData of(long seed, long records) {
        return new ModelData(new Dataset(seed, records));
    }

    /** The names of the six streams. */
    public static List<String> streams() {
        return Arrays.stream(ModelStream.values()).map(ModelStream::streamName).toList();
    }

    /**
     * How many records a full read gives.
     *
     * @throws IllegalArgumentException if there is no such stream or revision
     */
    public long rows(String stream, int revision) {
        return truth(stream, revision).rows();
    }

    /**
     * What a full read adds up to; worked out once and kept.
     *
     * @throws IllegalArgumentException if there is no such stream or revision
     */
    public Truth truth(String stream, int revision) {
        return data.truth(ModelStream.named(stream), revision);
    }

    /**
     * Writes every record of a full read as JSON lines, in the order of their ids.
     *
     * @param out not closed
     * @throws IOException if {@code out} does
     * @throws IllegalArgumentException if there is no such stream or revision
     */
    public void writeLines(String stream, int revision, OutputStream out) throws IOException {
        RecordReader reader = data.reader(ModelStream.named(stream), revision);
        Bytes lines = new Bytes(FLUSH + 2048);
        for (int index = 0; index < reader.born(); index++) {
            if (!reader.load(index).deleted) {
                reader.write(lines);
                lines.ascii('\n');
            }
            if (lines.length() >= FLUSH) {
                lines.writeTo(out);
                lines.clear();
            }
        }
        lines.writeTo(out);
    }
}
