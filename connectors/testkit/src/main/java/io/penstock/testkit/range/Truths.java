package io.penstock.testkit.range;

import io.penstock.testkit.model.ModelData;
import io.penstock.testkit.model.hostile.Misbehaviour;
import io.penstock.testkit.model.hostile.Outcome;
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
                wrong(stream, truth, landed, misbehaviour, wrong);
            }
        });
        return wrong;
    }

    private static void wrong(
            String stream,
            Map<String, Integer> truth,
            List<String> landed,
            Misbehaviour misbehaviour,
            List<String> wrong) {
        Map<String, Integer> found = counted(misbehaviour.repeats() ? List.copyOf(new HashSet<>(landed)) : landed);
        long strangers =
                found.keySet().stream().filter(row -> !truth.containsKey(row)).count();
        long doubled = found.entrySet().stream()
                .filter(row -> truth.containsKey(row.getKey()) && row.getValue() > 1)
                .count();
        long lacking =
                truth.keySet().stream().filter(row -> !found.containsKey(row)).count();
        note(wrong, strangers, stream + " rows that the API does not have");
        note(wrong, doubled, stream + " rows twice");
        if (misbehaviour.outcome() == Outcome.IDENTICAL) {
            note(wrong, lacking, stream + " rows lost");
        }
    }

    private static void note(List<String> wrong, long count, String what) {
        if (count > 0) {
            wrong.add(count + " " + what);
        }
    }
}
