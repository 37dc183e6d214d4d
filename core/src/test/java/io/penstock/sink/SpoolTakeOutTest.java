package io.penstock.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.record.Batch;
import io.penstock.record.RecordBytes;
import io.penstock.record.Shape;
import io.penstock.record.StreamId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTakeOutTest {

    private static final int ROUNDS = 50;

    /** Against a list: random pages, random positions, then a page more and one discarded. */
    @Test
    void whatIsTakenOutIsGoneAndTheRestStaysInOrder(@TempDir Path directory) throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Path file = directory.resolve(round + ".ndjson");
            try (Spool spool = Spool.in(file)) {
                List<String> model = new ArrayList<>();
                List<Long> pages = new ArrayList<>();
                for (long page = 0; page < 1 + random.nextInt(4); page++) {
                    for (String line : write(spool, page, random)) {
                        model.add(line);
                        pages.add(page);
                    }
                }
                SortedSet<Long> positions = new TreeSet<>();
                random.ints(1 + random.nextInt(5), 0, model.size()).forEach(i -> positions.add((long) i));
                List<String> expected = positions.stream()
                        .map(i -> pages.get(i.intValue()) + " " + model.get(i.intValue()))
                        .toList();

                assertThat(spool.takeOut(positions).stream()
                                .map(taken -> taken.page() + " " + new String(taken.record(), StandardCharsets.UTF_8))
                                .toList())
                        .as("seed " + seed)
                        .isEqualTo(expected);
                new TreeSet<>(positions).descendingSet().forEach(i -> model.remove(i.intValue()));
                model.addAll(write(spool, 7, random));
                write(spool, 8, random);
                spool.discard(8, 1);
                spool.flush();
                assertThat(spool.records()).as("seed " + seed).isEqualTo(model.size());
                assertThat(Files.readAllLines(file)).as("seed " + seed).isEqualTo(model);
            }
        }
    }

    private static List<String> write(Spool spool, long page, Random random) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(5); i++) {
            lines.add("{\"v\":\"" + "x".repeat(random.nextInt(9) == 0 ? 70_000 : random.nextInt(20)) + i + "\"}");
        }
        RecordBytes records = RecordBytes.ofLines(Shape.EMPTY, lines.toArray(String[]::new));
        spool.write(new Batch(StreamId.of("a", "b").slice("c"), page, 1, records, Optional.empty(), true));
        return lines;
    }
}
