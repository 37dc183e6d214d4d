package io.penstock.checks.simulation.api;

import java.time.Instant;

/**
 * A record of the model.
 *
 * @param id its key
 * @param at when it was changed last
 * @param text as it is sent: one line of JSON
 */
public record Row(String id, Instant at, String text) {

    /** A record with a filling of so many characters. */
    static Row of(String id, Instant at, int version, int filling) {
        return new Row(
                id,
                at,
                "{\"id\":\"" + id + "\",\"at\":\"" + at + "\",\"version\":" + version + ",\"filling\":\""
                        + "é\\\"".repeat(filling) + "\"}");
    }
}
