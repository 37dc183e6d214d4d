package io.penstock.testkit.model.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each row of the fault tables is played by a misbehaviour, or says why no server of this kind can play it. */
class FaultTablesTest {

    private static final Map<Character, Integer> TABLES = Map.of('N', 14, 'H', 13, 'A', 17, 'P', 14, 'D', 11, 'X', 12);

    private static final String TLS = "the model API speaks plain HTTP on this machine: core's TlsIT has certificates";
    private static final String NO_ANSWER = "happens before there is a server: core's HttpTransportIT has it";
    private static final String SECOND_RUN =
            "shows in a second run only, and the range reads once: core's ChangeWalkTest has it";
    private static final String ROWS =
            "changes rows, which the range compares byte by byte: the contracts of sinks have it";
    private static final String LOCAL = "happens on the client's side of the wire";

    private static final Map<String, String> ELSEWHERE = elsewhere();

    private static Map<String, String> elsewhere() {
        Map<String, String> reasons = new LinkedHashMap<>();
        Set.of("N1", "N2", "N3", "N12").forEach(id -> reasons.put(id, NO_ANSWER));
        reasons.put("N4", TLS);
        reasons.put("N10", LOCAL + ": core's HttpTransportIT has it");
        reasons.put("N11", "needs a proxy: core's ProxyIT has one");
        reasons.put("N13", "the model API speaks HTTP/1.1");
        reasons.put("A15", "the model API has no reports that are made while one waits");
        reasons.put("P10", SECOND_RUN);
        reasons.put("D7", "no stream of the model is line-delimited: core's DecodeFaultsTest has it");
        Set.of("D8", "D9", "D10").forEach(id -> reasons.put(id, ROWS));
        reasons.put("D11", "no stream of the model is CSV or XML: core's CsvDecoderTest and XmlDecoderTest have it");
        reasons.put("X4", LOCAL + ": plans are read by the runner");
        reasons.put("X5", LOCAL + ": templates come from a person");
        reasons.put("X6", LOCAL + ": names of streams and files come from the plan");
        reasons.put("X7", ROWS);
        reasons.put("X10", "the model API takes fixed credentials");
        reasons.put("X12", LOCAL + ": plug-ins are installed by a person");
        return reasons;
    }

    @Test
    void everyRowIsPlayedOrSaysWhyNot() {
        Map<String, Set<String>> played = new TreeMap<>();
        Hostile.catalogue()
                .forEach(misbehaviour -> played.computeIfAbsent(misbehaviour.fault(), row -> new TreeSet<>())
                        .add(misbehaviour.name()));
        Set<String> rows = TABLES.entrySet().stream()
                .flatMap(table -> IntStream.rangeClosed(1, table.getValue())
                        .mapToObj(number -> table.getKey().toString() + number))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = new TreeSet<>(played.keySet());
        known.addAll(ELSEWHERE.keySet());
        assertThat(known).isEqualTo(rows);
        assertThat(played.keySet()).doesNotContainAnyElementsOf(ELSEWHERE.keySet());
    }
}
