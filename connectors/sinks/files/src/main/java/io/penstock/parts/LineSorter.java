package io.penstock.parts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.penstock.error.DataRejected.RecordRejected;
import io.penstock.parts.directory.Disk;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sorts lines into piles, one for each part: by the values of some fields, and not larger than told. For one thread. */
final class LineSorter {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int OPEN = 64; // files at once; others are opened again when their turn comes
    private static final int MOST = 10_000;
    private static final int BUFFER = 32 << 10;

    private final List<PartitionField> fields;
    private final long largest;
    private final Path directory;
    private final Disk disk;
    private long last;

    LineSorter(List<PartitionField> fields, long largest, Path directory, Disk disk) {
        this.fields = fields;
        this.largest = largest;
        this.directory = directory;
        this.disk = disk;
    }

    /**
     * The lines of one part.
     *
     * @param folder of the part in the folder of its stream, with a slash behind each level; may be empty
     * @param own whether the files were made for it
     */
    record Pile(String folder, List<Path> lines, long rows, boolean own) {

        /** Deletes what was made for it. */
        void clear() throws IOException {
            if (own) {
                for (Path file : lines) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** The piles of {@code lines}, which hold {@code rows} records. */
    List<Pile> sort(List<Path> lines, long rows, long bytes) throws IOException {
        if (fields.isEmpty() && bytes <= largest) {
            return List.of(new Pile("", lines, rows, false));
        }
        Sorting sorting = new Sorting();
        try {
            for (Path file : lines) {
                try (LineReader reader = new LineReader(file)) {
                    while (reader.next()) {
                        sorting.take(reader);
                    }
                }
            }
            return sorting.done();
        } catch (IOException | RuntimeException failure) {
            sorting.undo();
            throw failure;
        }
    }

    private String folder(LineReader line) throws IOException {
        if (fields.isEmpty()) {
            return "";
        }
        @Nullable String[] values = new @Nullable String[fields.size()];
        try (JsonParser parser = JSON.createParser(line.array(), line.start(), line.length())) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    read(parser, values);
                }
            }
        }
        StringBuilder folder = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            folder.append(fields.get(i).folder(values[i]));
        }
        return folder.toString();
    }

    private void read(JsonParser parser, @Nullable String[] values) throws IOException {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        for (int i = 0; i < values.length; i++) {
            if (fields.get(i).field().equals(name)) {
                if (value.isStructStart()) {
                    throw fields.get(i).nested();
                }
                values[i] = value == JsonToken.VALUE_NULL ? null : parser.getText();
            }
        }
        parser.skipChildren();
    }

    /** A pile that grows. */
    private final class Growing {
        private final String folder;
        private final Path file = directory.resolve("pile-" + ++last + ".ndjson");
        private @Nullable OutputStream out;
        private long bytes;
        private long rows;

        Growing(String folder) {
            this.folder = folder;
        }

        void take(LineReader line) throws IOException {
            OutputStream open = out;
            if (open == null) {
                FileChannel channel = disk.open(file, StandardOpenOption.CREATE);
                channel.position(channel.size());
                open = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
                out = open;
            }
            open.write(line.array(), line.start(), line.length());
            bytes += line.length();
            rows++;
        }

        void close() throws IOException {
            OutputStream open = out;
            out = null;
            if (open != null) {
                open.close();
            }
        }
    }

    /** The piles of one commit. */
    private final class Sorting {
        private final Map<String, Growing> piles = new LinkedHashMap<>();
        private final Map<String, Growing> open = new LinkedHashMap<>(OPEN, 0.75f, true);
        private final List<Growing> full = new ArrayList<>();

        void take(LineReader line) throws IOException {
            String folder = folder(line);
            Growing pile = piles.get(folder);
            if (pile != null && pile.bytes + line.length() > largest) {
                pile.close();
                open.remove(folder);
                full.add(pile);
                pile = null;
            }
            if (pile == null) {
                pile = started(folder);
            }
            if (open.get(folder) == null) {
                makeRoom();
                open.put(folder, pile);
            }
            pile.take(line);
        }

        private Growing started(String folder) {
            if (piles.size() >= MOST && !piles.containsKey(folder)) {
                throw new RecordRejected("expected at most " + MOST + " partitions in one commit (partition_by), found"
                        + " more: nothing of the commit was written; partition by a field of fewer values");
            }
            Growing pile = new Growing(folder);
            piles.put(folder, pile);
            return pile;
        }

        private void makeRoom() throws IOException {
            if (open.size() >= OPEN) {
                Iterator<Growing> eldest = open.values().iterator();
                eldest.next().close();
                eldest.remove();
            }
        }

        List<Pile> done() throws IOException {
            List<Growing> all = new ArrayList<>(full);
            all.addAll(piles.values());
            List<Pile> done = new ArrayList<>();
            for (Growing pile : all) {
                pile.close();
                done.add(new Pile(pile.folder, List.of(pile.file), pile.rows, true));
            }
            return done;
        }

        void undo() {
            full.addAll(piles.values());
            for (Growing pile : full) {
                try {
                    pile.close();
                    Files.deleteIfExists(pile.file);
                } catch (IOException leftForTheNextClaim) {
                    // The next claim empties the folder of the spools.
                }
            }
        }
    }
}
