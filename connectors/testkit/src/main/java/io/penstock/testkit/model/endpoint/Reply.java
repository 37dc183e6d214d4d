package io.penstock.testkit.model.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.testkit.model.record.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One answer before it is sent.
 *
 * @param status the status code
 * @param type the Content-Type
 * @param body the whole body
 * @param headers the other headers; grows on the way out
 */
public record Reply(int status, String type, Bytes body, Map<String, String> headers) {

    private static final String JSON_TYPE = "application/json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Status 200 with a JSON body that is written already. */
    public static Reply ok(Bytes body) {
        return new Reply(200, JSON_TYPE, body, new LinkedHashMap<>(4));
    }

    /** An answer from maps, lists and nodes; for what is not a page of records. */
    public static Reply json(int status, Object value) {
        try {
            byte[] bytes = JSON.writeValueAsBytes(value);
            return new Reply(status, JSON_TYPE, new Bytes(bytes.length).raw(bytes), new LinkedHashMap<>(4));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** An answer with a page for people. */
    public static Reply html(int status, String text) {
        Bytes page = new Bytes(256).text("<!DOCTYPE html><html><body><h1>" + text + "</h1></body></html>");
        return new Reply(status, "text/html; charset=utf-8", page, new LinkedHashMap<>(4));
    }

    /** An answer without a body. */
    public static Reply empty(int status) {
        return new Reply(status, JSON_TYPE, new Bytes(0), new LinkedHashMap<>(4));
    }

    /** Adds a header. */
    public Reply with(String name, String value) {
        headers.put(name, value);
        return this;
    }
}
