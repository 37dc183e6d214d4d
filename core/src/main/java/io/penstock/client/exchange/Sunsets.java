package io.penstock.client.exchange;

import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns once for each endpoint that an API means to take away (RFC 9745, RFC 8594). Safe for concurrent use. */
final class Sunsets {

    private static final Logger LOG = LoggerFactory.getLogger(Sunsets.class);

    /** More endpoints than that are warned of no more: paths may hold ids. */
    private static final int MOST = 100;

    private static final Pattern PLAIN = Pattern.compile("[\\x20-\\x7E]{1,60}");

    private final Map<String, Boolean> warned = new ConcurrentHashMap<>();

    void look(ApiRequest request, Headers headers) {
        boolean deprecated = headers.first("Deprecation").isPresent();
        boolean ends = headers.first("Sunset").isPresent();
        if ((deprecated || ends)
                && warned.size() < MOST
                && warned.putIfAbsent(request.method() + " " + request.url().getRawPath(), true) == null) {
            LOG.warn(
                    "{} will not be there for ever: the API says{}{}; ask its operator what takes its place",
                    request,
                    said(headers, "Deprecation"),
                    said(headers, "Sunset"));
        }
    }

    private static String said(Headers headers, String name) {
        return headers.first(name)
                .map(value -> " " + name + ": " + (PLAIN.matcher(value).matches() ? value : "something unreadable"))
                .orElse("");
    }
}
