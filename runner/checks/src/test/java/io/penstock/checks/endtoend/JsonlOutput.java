package io.penstock.checks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.model.ModelData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A directory of JSON lines: the rows themselves if they were replaced, a log of changes if they were appended. */
record JsonlOutput(Path folder) implements Output {

    private static final int ID = "{\"id\":\"".length();
    private static final int ID_LENGTH = "cus_000000001".length();

    @Override
    public String sink() {
        return "{ connector: jsonl, path: out }";
    }

    @Override
    public void requireTruth(ModelData data, int revision, boolean whole) {
        for (String stream : ModelData.streams()) {
            List<String> log = lines(folder.resolve("out").resolve(stream + ".jsonl"));
            assertThat(new HashSet<>(log))
                    .as("lines of %s, none of them twice", stream)
                    .hasSameSizeAs(log);
            assertThat(applied(log).values())
                    .as("rows of %s that its log leads to", stream)
                    .containsExactlyInAnyOrderElementsOf(truth(data, stream, revision));
            assertThat(log.size())
                    .as("lines of %s", stream)
                    .isEqualTo(whole ? data.rows(stream, revision) : expectedLog(data, stream, revision));
        }
    }

    /** The last line of an id wins; a deletion takes it away. */
    private static Map<String, String> applied(List<String> log) {
        Map<String, String> rows = new LinkedHashMap<>();
        for (String line : log) {
            if (line.endsWith(",\"deleted\":true}")) {
                rows.remove(id(line));
            } else {
                rows.put(id(line), line);
            }
        }
        return rows;
    }

    private static String id(String line) {
        return line.substring(ID, ID + ID_LENGTH);
    }

    /** One line for each row of revision 1, for each row that a later revision brought or changed, and for each that went. */
    static long expectedLog(ModelData data, String stream, int revision) {
        List<String> before = truth(data, stream, 1);
        long lines = before.size();
        for (int later = 2; later <= revision; later++) {
            List<String> now = truth(data, stream, later);
            Set<String> known = new HashSet<>(before);
            Set<String> ids = new HashSet<>(now.stream().map(JsonlOutput::id).toList());
            lines += now.stream().filter(line -> !known.contains(line)).count();
            lines += before.stream().filter(line -> !ids.contains(id(line))).count();
            before = now;
        }
        return lines;
    }

    private static List<String> truth(ModelData data, String stream, int revision) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        try {
            data.writeLines(stream, revision, lines);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return lines.toString(StandardCharsets.UTF_8).lines().toList();
    }

    static List<String> lines(Path file) {
        try {
            return Files.readString(file).lines().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
