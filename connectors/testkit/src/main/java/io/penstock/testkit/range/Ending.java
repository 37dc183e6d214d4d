package io.penstock.testkit.range;

import java.util.List;
import java.util.Map;

/**
 * How a contestant ended.
 *
 * @param exitCode what a process would have exited with
 * @param rows the rows that landed, as JSON texts, by the names of the streams of the model that were to be read
 * @param words its last words; empty if there was nothing to say
 */
public record Ending(int exitCode, Map<String, List<String>> rows, String words) {

    /** Copies the map. */
    public Ending {
        rows = Map.copyOf(rows);
    }
}
