package io.penstock.secrets.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.penstock.message.ApiResponse;
import java.io.IOException;

/** What Vault answers. */
final class VaultJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private VaultJson() {}

    /** The document, or nothing if it is none. */
    static JsonNode read(ApiResponse answer) {
        try {
            return MAPPER.readTree(answer.body());
        } catch (IOException notJson) { // whose message quotes the text
            return MissingNode.getInstance();
        }
    }

    /** Whether one of Vault's errors says {@code word}; the words themselves may hold anything and are not shown. */
    static boolean says(JsonNode answer, String word) {
        for (JsonNode error : answer.path("errors")) {
            if (error.asText("").contains(word)) {
                return true;
            }
        }
        return false;
    }
}
