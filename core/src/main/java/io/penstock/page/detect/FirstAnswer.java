package io.penstock.page.detect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.error.BadAnswer.MalformedPayload;
import java.io.IOException;

/** The first answer of an API as a tree, to guess from; no later page is read this way. */
final class FirstAnswer {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private FirstAnswer() {}

    static JsonNode tree(byte[] document) {
        try {
            return MAPPER.readTree(document);
        } catch (IOException notJson) {
            throw new MalformedPayload(
                    "the first answer is not JSON, so nothing can be told from it: set records and paging"
                            + " by hand, or check the address");
        }
    }
}
