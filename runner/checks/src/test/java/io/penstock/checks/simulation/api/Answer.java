package io.penstock.checks.simulation.api;

import io.penstock.error.PenstockException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one try is answered. Mutable: a good answer is made first, and spoilt afterwards.
 */
final class Answer {

    int status = 200;
    final Map<String, String> headers = new LinkedHashMap<>();
    byte[] body;
    int pieces = 1;

    /** Nanoseconds until the head comes on top of the network's delay. */
    long late;

    /** Comes instead of the head. */
    @Nullable PenstockException refused;

    /** Comes instead of the rest of the body, behind {@link #whole} pieces of it. */
    @Nullable PenstockException brokenOff;

    /** How many pieces come whole before the body breaks off. */
    int whole;

    /** Nanoseconds that pass before it breaks off. */
    long stalled;

    Answer(String text) {
        body = text.getBytes(StandardCharsets.UTF_8);
        headers.put("Content-Type", "application/json");
    }

    /** Says something else instead. */
    Answer with(int other, String text) {
        status = other;
        body = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }
}
