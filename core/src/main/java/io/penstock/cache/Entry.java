package io.penstock.cache;

import io.penstock.message.Headers;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One kept answer.
 *
 * @param since when it was last known to hold
 * @param body the inflated bytes; must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // bodies are handed over, never compared
record Entry(Instant since, int status, Headers headers, byte[] body) {

    /** Stands where an answer of a server has the id of its request. */
    private static final String REQUEST_ID = "cached";

    /** Of the connection and the moment, not of the answer (RFC 9111, section 3.1); and cookies, which are never kept. */
    private static final Set<String> PASSING = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authentication-info",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "content-length",
            "content-encoding",
            "set-cookie",
            "set-cookie2",
            "retry-after");

    /** What servers call the fields that tell of a quota: a number of another moment. */
    private static final Pattern QUOTA =
            Pattern.compile("(.*-)?(rate|ratelimit|limit|quota|throttle|usage|remaining|used|cost|reset)(-.*)?");

    /** An answer as it is kept. */
    static Entry of(Instant now, Head head, byte[] body) {
        return new Entry(now, head.status(), lasting(head.headers()), body);
    }

    private static Headers lasting(Headers all) {
        Headers kept = all;
        for (String name : all.names()) {
            String lower = name.toLowerCase(Locale.ROOT);
            kept = PASSING.contains(lower) || QUOTA.matcher(lower).matches() ? kept.without(name) : kept;
        }
        return kept;
    }

    /** This answer after the server has said (304) that it still holds; its fields take the place of the old ones. */
    Entry confirmed(Instant now, Headers news) {
        return new Entry(now, status, overlaid(lasting(news)), body);
    }

    /** What is handed on after a 304: its own fields, quota included, over those of the answer. */
    Headers overlaid(Headers news) {
        Headers both = news;
        for (String name : headers.names()) {
            boolean old = name.equalsIgnoreCase("Date") || name.equalsIgnoreCase("Age"); // of the day it came
            both = !old && both.all(name).isEmpty() ? both.withAll(name, headers.all(name)) : both;
        }
        return both;
    }

    Head head() {
        return new Head(status, headers, REQUEST_ID);
    }

    /** The answer once more. */
    List<ResponsePart> parts() {
        return List.of(head(), new Chunk(body.clone(), true));
    }
}
