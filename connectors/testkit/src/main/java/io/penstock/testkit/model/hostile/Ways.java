package io.penstock.testkit.model.hostile;

import io.penstock.testkit.model.endpoint.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says where an answer sends its client next, in the style of each stream. */
final class Ways {

    private static final Set<String> BY_URL = Set.of("events", "documents");
    private static final Set<String> BY_TOKEN = Set.of("orders", "products");
    private static final Pattern AFTER = Pattern.compile("\"after\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern CURSOR = Pattern.compile("[?&]cursor=([^&]+)");

    private Ways() {}

    /** Whether the next page of a stream is named by a URL. */
    static boolean byUrl(String stream) {
        return BY_URL.contains(stream);
    }

    /** Whether the next page is named by a token or a URL, and not by a number. */
    static boolean named(String stream) {
        return byUrl(stream) || BY_TOKEN.contains(stream);
    }

    /** Whether {@code reply}, of a stream that goes by URLs, names a next page. */
    static boolean leadsOn(Reply reply) {
        return reply.headers().getOrDefault("Link", "").contains("rel=\"next\"")
                || text(reply).matches("(?s).*\"next\":\"[^\"]*\"}");
    }

    /** {@code reply} with {@code url} as the next page of a stream that goes by URLs. */
    static Reply toUrl(Moment moment, Reply reply, String url) {
        if (moment.stream().equals("events")) {
            return Moment.with(reply, reply.body().copy()).with("Link", "<" + url + ">; rel=\"next\"");
        }
        String text = text(reply)
                .replaceFirst("\"next\":(null|\"[^\"]*\")}$", Matcher.quoteReplacement("\"next\":\"" + url + "\"}"));
        return Moment.with(reply, text);
    }

    /** {@code reply} with a token as the next page, whatever the style; numbered pages stay as they are. */
    static Reply to(Moment moment, Reply reply, String token) {
        return switch (moment.stream()) {
            case "events", "documents" ->
                toUrl(moment, reply, moment.call().origin() + moment.call().path() + "?token=" + token);
            case "orders" ->
                Moment.with(
                        reply,
                        text(reply)
                                .replaceFirst(
                                        "\"next_cursor\":(null|\"[^\"]*\")}$",
                                        Matcher.quoteReplacement("\"next_cursor\":\"" + token + "\"}")));
            case "products" ->
                Moment.with(
                        reply,
                        text(reply)
                                .replaceFirst(
                                        "\"hasNextPage\":\\w+,\"endCursor\":(null|\"[^\"]*\")",
                                        "\"hasNextPage\":true,\"endCursor\":\"" + token + "\""));
            default -> reply;
        };
    }

    /** {@code reply} without records, that leads to the page asked for by another name; null where that has none. */
    static @Nullable Reply toItself(Moment moment) {
        Reply empty = empty(moment.reply());
        if (byUrl(moment.stream())) {
            return toUrl(moment, empty, moment.call().origin() + moment.uri() + "&again=1");
        }
        boolean orders = moment.stream().equals("orders");
        String asked = orders ? moment.uri() : new String(moment.call().body().copy(), StandardCharsets.UTF_8);
        Matcher token = (orders ? CURSOR : AFTER).matcher(asked);
        // The padding that base64 may have says the same under another name.
        return token.find() ? to(moment, empty, token.group(1) + "=") : null;
    }

    /** {@code reply} without its records. */
    static Reply empty(Reply reply) {
        String page = text(reply);
        int from = page.indexOf('[');
        int to = page.lastIndexOf(']');
        return from < 0 || to < 0 ? reply : Moment.with(reply, page.substring(0, from + 1) + page.substring(to));
    }

    static String text(Reply reply) {
        return new String(reply.body().copy(), StandardCharsets.UTF_8);
    }
}
