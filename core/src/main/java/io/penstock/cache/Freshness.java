package io.penstock.cache;

import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.message.HttpDates;
import io.penstock.message.Method;
import io.penstock.message.ResponsePart.Head;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What may be kept, and for how long it is taken without asking (RFC 9111, sections 3 and 4.2). Pure. */
final class Freshness {

    private static final Set<Integer> KEPT = Set.of(200, 203, 204, 300, 301, 404, 410);
    private static final List<String> CONDITIONS =
            List.of("If-None-Match", "If-Modified-Since", "If-Match", "If-Unmodified-Since", "If-Range", "Range");

    private Freshness() {}

    /** Whether the answer to {@code request} may come from the cache, and go there. */
    static boolean cached(ApiRequest request) {
        boolean reads = request.method() == Method.GET
                || request.method() == Method.HEAD
                || (request.method() == Method.POST && request.sending().idempotent());
        return reads
                && !directives(request.headers()).contains("no-store")
                && CONDITIONS.stream()
                        .allMatch(name -> request.headers().first(name).isEmpty());
    }

    /** Whether {@code head} begins an answer that may be kept. */
    static boolean kept(Head head) {
        return KEPT.contains(head.status())
                && head.framed() // or a broken connection would pass for the end
                && !head.headers().mediaType().equals("text/html") // a login page is nobody's data
                && !directives(head.headers()).contains("no-store")
                && head.headers().all("Vary").stream().noneMatch(value -> value.contains("*"));
    }

    /** Whether {@code entry} is taken without asking at {@code now}. */
    static boolean fresh(ApiRequest request, Entry entry, Instant now, Duration ttl) {
        Duration age = Duration.between(entry.since(), now);
        return !age.isNegative() // or somebody's clock is wrong
                && !directives(request.headers()).contains("no-cache")
                && age.compareTo(lifetime(entry.headers(), entry.since(), ttl)) < 0;
    }

    /** From the instant at which the answer came; the server can only shorten {@code ttl}. */
    static Duration lifetime(Headers headers, Instant came, Duration ttl) {
        List<String> directives = directives(headers);
        if (directives.contains("no-cache")) {
            return Duration.ZERO;
        }
        Duration said = directives.stream()
                .filter(directive -> directive.startsWith("max-age="))
                .findFirst()
                .map(directive -> seconds(directive.substring("max-age=".length())))
                .or(() -> expires(headers, came))
                .map(lifetime -> lifetime.minus(
                        headers.first("Age").map(Freshness::seconds).orElse(Duration.ZERO)))
                .orElse(ttl);
        return said.compareTo(ttl) < 0 ? said : ttl;
    }

    /** Against the server's own date, so that its clock does not matter; a date that is none has passed. */
    private static Optional<Duration> expires(Headers headers, Instant came) {
        return headers.first("Expires").map(text -> {
            Instant date = headers.first("Date")
                    .flatMap(written -> HttpDates.parse(written, came))
                    .orElse(came);
            return HttpDates.parse(text, came)
                    .map(end -> Duration.between(date, end))
                    .orElse(Duration.ZERO);
        });
    }

    private static Duration seconds(String text) {
        String digits = text.replace("\"", "").trim();
        return digits.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(digits)) : Duration.ZERO;
    }

    private static List<String> directives(Headers headers) {
        return headers.all("Cache-Control").stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(directive -> directive.trim().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** The request that asks whether {@code entry} still holds; as it is if the server gave nothing to ask by. */
    static ApiRequest conditional(ApiRequest request, Entry entry) {
        if (request.method() == Method.POST) {
            return request;
        }
        ApiRequest asked = entry.headers()
                .first("ETag")
                .map(tag -> with(request, "If-None-Match", tag))
                .orElse(request);
        return entry.headers()
                .first("Last-Modified")
                .map(date -> with(asked, "If-Modified-Since", date))
                .orElse(asked);
    }

    /** A peer's value goes out only if it may stand in a header. */
    private static ApiRequest with(ApiRequest request, String name, String value) {
        try {
            return request.header(name, value);
        } catch (IllegalArgumentException unfit) {
            return request;
        }
    }
}
