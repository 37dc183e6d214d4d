package io.penstock.cli.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.runner.summary.Failure;
import java.util.Map;

/** A failure as a person reads it, or as one line of JSON. */
public final class FailureText {

    private FailureText() {}

    public static void print(Failure failure, boolean json, Console console) {
        if (json) {
            console.out().println(json(Map.of("error", failure.toMap())));
        } else {
            console.say(line(failure));
        }
    }

    /** {@code shop/orders all: Throttled: message}. */
    public static String line(Failure failure) {
        String where = failure.place().stream().orElse("penstock")
                + failure.place()
                        .slice()
                        .filter(slice -> !slice.equals("all"))
                        .map(slice -> " " + slice)
                        .orElse("");
        return where + ": " + what(failure);
    }

    /** As {@link #line}, for where it is plain what failed. */
    public static String what(Failure failure) {
        return failure.code() + ": " + failure.message()
                + failure.place().requestId().map(id -> " [request " + id + "]").orElse("");
    }

    /** A JSON text as plain values. */
    public static Object parsed(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(broken);
        }
    }

    public static String json(Object value) {
        try {
            return new ObjectMapper().writeValueAsString(value);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalStateException(unwritable);
        }
    }
}
