package io.penstock.testkit.range;

import io.penstock.testkit.model.ModelData;
import io.penstock.testkit.model.hostile.Misbehaviour;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds rows against the rows of the model. */
final class Truths {

    private final Map<String, Map<String, Integer>> rows = new LinkedHashMap<>();

    Truths(ModelData data) {
        for (String stream : ModelData.streams()) {
            rows.put(stream, counted(lines(data, stream)));
        }
    }

    private static List<String> lines(ModelData data, String stream) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        try {
            data.writeLines(stream, 1, lines);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return lines.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static Map<String, Integer> counted(List<String> lines) {
        Map<String, Integer> counts = new HashMap<>();
        lines.forEach(line -> counts.merge(line, 1, Integer::sum));
        return counts;
    }

    /** What is wrong with the rows of {@code ending}; empty if nothing is. */
    List<String> wrong(Ending ending, Misbehaviour misbehaviour) {
        List<String> wrong = new ArrayList<>();
        rows.forEach((stream, truth) -> {
            List<String> landed = ending.rows().get(stream);
            if (landed != null) {
                Map<String, Integer> found =
                        counted(misbehaviour.repeats() ? List.copyOf(new HashSet<>(landed)) : landed);
                wrong(stream, truth, found, wrong);
                if (ending.exitCode() == 0) {
                    note(wrong, lacking(truth, found), stream + " rows lost");
                }
            }
        });
        return wrong;
    }

    private static void wrong(
            String stream, Map<String, Integer> truth, Map<String, Integer> found, List<String> wrong) {
        long strangers =
                found.keySet().stream().filter(row -> !truth.containsKey(row)).count();
        long doubled = found.entrySet().stream()
                .filter(row -> truth.containsKey(row.getKey()) && row.getValue() > 1)
                .count();
        note(wrong, strangers, stream + " rows that the API does not have");
        note(wrong, doubled, stream + " rows twice");
    }

    private static long lacking(Map<String, Integer> truth, Map<String, Integer> found) {
        return truth.keySet().stream().filter(row -> !found.containsKey(row)).count();
    }

    private static void note(List<String> wrong, long count, String what) {
        if (count > 0) {
            wrong.add(count + " " + what);
        }
    }
}
