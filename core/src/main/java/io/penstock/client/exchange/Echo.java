package io.penstock.client.exchange;

import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.message.Method;
import io.penstock.redact.TellingNames;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;

/**
 * What a server may repeat in its refusal and nobody may see: the values that the credential has put on the request, and those behind
 * telling names.
 *
 * @param plain the request as its caller made it
 * @param sent the request as it went out
 */
record Echo(ApiRequest plain, ApiRequest sent) {

    private static final ApiRequest NOTHING = ApiRequest.of(Method.GET, URI.create("http://localhost"));

    /** Nothing secret was sent. */
    static final Echo NONE = new Echo(NOTHING, NOTHING);

    /** Shorter words are in many a secret by chance. */
    private static final int SHORTEST = 6;

    /** {@code word}, or nothing if it repeats a secret. */
    String free(String word) {
        boolean repeats = word.length() >= SHORTEST && secrets().anyMatch(secret -> secret.contains(word));
        return repeats ? "" : word;
    }

    private Stream<String> secrets() {
        Headers before = plain.headers();
        Headers all = sent.headers();
        Stream<String> fields = all.names().stream()
                .filter(name -> TellingNames.tells(name) || !before.all(name).equals(all.all(name)))
                .flatMap(name -> all.all(name).stream())
                .flatMap(value -> Stream.concat(Stream.of(value), Stream.of(decoded(value))));
        Stream<String> parameters = sent.queryNames().stream()
                .filter(name -> TellingNames.tells(name) || !plain.query(name).equals(sent.query(name)))
                .flatMap(name -> sent.query(name).stream());
        return Stream.concat(fields, parameters);
    }

    /** The name and password of Basic, as people write them; nothing for other values. */
    private static String decoded(String value) {
        try {
            return value.startsWith("Basic ")
                    ? new String(Base64.getDecoder().decode(value.substring("Basic ".length())), StandardCharsets.UTF_8)
                    : "";
        } catch (IllegalArgumentException another) {
            return "";
        }
    }

    @Override
    public String toString() {
        return "the secrets of " + plain;
    }
}
