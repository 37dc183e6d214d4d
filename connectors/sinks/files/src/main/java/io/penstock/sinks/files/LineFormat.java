package io.penstock.sinks.files;

import io.penstock.parts.Compression;
import io.penstock.parts.PartFormat;
import io.penstock.parts.directory.ChannelStream;
import io.penstock.parts.directory.FileNames;
import io.penstock.record.RecordBytes;
import io.penstock.record.StreamInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Parts of JSON lines, as the API sent them. */
final class LineFormat implements PartFormat {

    private static final Scan NOTHING = new Scan() {
        @Override
        public void add(RecordBytes records) {
            // every line is written as it is
        }

        @Override
        public void clear() {
            // nothing is kept
        }
    };

    private final Compression compression;

    LineFormat(Compression compression) {
        this.compression = compression;
    }

    @Override
    public String ending() {
        return ".jsonl" + compression.ending();
    }

    @Override
    public Scan scan() {
        return NOTHING;
    }

    @Override
    public String grown(StreamInfo stream, String memory, List<Scan> seen) {
        return memory;
    }

    @Override
    public String write(Job job) throws IOException {
        try (FileChannel file = job.disk().open(job.part(), StandardOpenOption.CREATE_NEW);
                OutputStream out = compression.over(new ChannelStream(file, 0))) {
            for (Path lines : job.lines()) {
                Files.copy(lines, out);
            }
        }
        return job.memory();
    }

    @Override
    public String look(Path folder) {
        return look(folder, ending(), compression);
    }

    /** What shows the first lines of files that end in {@code ending}. */
    static String look(Path folder, String ending, Compression compression) {
        String show = switch (compression) {
            case NONE -> "cat";
            case GZIP -> "gzip -dc";
            case ZSTD -> "zstd -dc";
        };
        return "find " + FileNames.quoted(folder.toString()) + " -name '*" + ending + "' -exec " + show
                + " {} + | head";
    }

    @Override
    public void close() {
        // nothing is open
    }
}
