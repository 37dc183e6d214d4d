package io.penstock.checks.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.testkit.model.ModelApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;

/**
 * What the model API was asked.
 *
 * @param answer of {@code /_stats}
 */
record Stats(JsonNode answer) {

    static Stats of(ModelApi api) {
        try (InputStream body = URI.create(api.baseUrl() + "/_stats").toURL().openStream()) {
            return new Stats(new ObjectMapper().readTree(body));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    int number(String name) {
        return answer.required(name).intValue();
    }

    /** How many faults were injected. */
    int faults() {
        int sum = 0;
        for (JsonNode count : answer.required("faults")) {
            sum += count.intValue();
        }
        return sum;
    }
}
