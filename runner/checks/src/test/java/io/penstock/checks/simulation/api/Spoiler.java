package io.penstock.checks.simulation.api;

import io.penstock.checks.simulation.fate.Fate;
import io.penstock.checks.simulation.fate.Misconduct;
import io.penstock.error.BadAnswer.ProtocolError;
import io.penstock.error.PenstockException;
import io.penstock.error.TryLater.NetworkError;
import io.penstock.error.TryLater.NetworkError.Step;
import io.penstock.error.TryLater.TruncatedResponse;
import io.penstock.message.ApiRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Spoils good answers. */
final class Spoiler {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);
    private static final long DEADLINE = Duration.ofSeconds(30).toNanos();
    private static final int HOURS = 5 * 3600;

    private final Fate fate;

    Spoiler(Fate fate) {
        this.fate = fate;
    }

    static String date(Instant time) {
        return HTTP_DATE.format(time);
    }

    static PenstockException timeout(ApiRequest request) {
        return new NetworkError(Step.TIMEOUT, request + ": nothing came within 30 s", null);
    }

    static PenstockException cut(ApiRequest request) {
        return new TruncatedResponse("the answer to " + request + " broke off");
    }

    /** The answer as {@code how} makes it, at the server's time {@code now}. */
    Answer spoil(Answer good, Misconduct how, ApiRequest request, Instant now) {
        switch (how) {
            case REFUSED -> good.refused = new NetworkError(Step.CONNECT, request + ": refused", null);
            case NO_ADDRESS -> good.refused = new NetworkError(Step.DNS, request + ": no such name", null);
            case RESET -> good.refused = new NetworkError(Step.RESET, request + ": reset", null);
            case BAD_FRAMING -> good.refused = new ProtocolError(request + ": two lengths");
            case NO_HEAD -> {
                good.refused = timeout(request);
                good.late = DEADLINE;
            }
            case LATE_HEAD -> good.late = fate.number(1, 29_999) * 1_000_000L;
            case CUT -> breakOff(good, cut(request), 0);
            case STALLED -> breakOff(good, timeout(request), DEADLINE);
            case TOKEN_GONE -> {
                if (request.query("cursor").isPresent()) {
                    good.with(410, "{}");
                }
            }
            case REDIRECT -> {
                if (!request.url().getPath().startsWith("/moved")) {
                    String query = request.url().getRawQuery();
                    good.with(307, "")
                            .headers
                            .put(
                                    "Location",
                                    "/moved" + request.url().getRawPath() + (query == null ? "" : "?" + query));
                }
            }
            default -> say(good, how, now);
        }
        return good;
    }

    private void breakOff(Answer good, PenstockException why, long after) {
        good.brokenOff = why;
        good.stalled = after;
        good.whole = fate.number(0, good.pieces - 1);
    }

    private void say(Answer good, Misconduct how, Instant now) {
        int seconds = fate.number(1, 40);
        switch (how) {
            case THROTTLED -> good.with(429, "{}");
            case THROTTLED_SECONDS -> good.with(429, "{}").headers.put("Retry-After", Integer.toString(seconds));
            case THROTTLED_DATE -> good.with(429, "{}").headers.put("Retry-After", date(now.plusSeconds(seconds)));
            case THROTTLED_FOR_HOURS -> good.with(429, "{}").headers.put("Retry-After", Integer.toString(HOURS));
            case SERVER_ERROR -> good.with(new int[] {500, 502, 504, 520}[fate.number(0, 3)], "oops");
            case UNAVAILABLE -> good.with(503, "").headers.put("Retry-After", Integer.toString(seconds));
            case HTML -> good.with(200, "<html>log in</html>").headers.put("Content-Type", "text/html");
            case BROKEN_JSON -> good.with(200, "{\"items\":[{\"id\":");
            case EMPTY -> good.with(200, "");
            case NOT_FOUND -> good.with(404, "{}");
            case FORBIDDEN -> good.with(403, "{}");
            case SPENT -> hint(good, 0, seconds);
            case NEARLY_SPENT -> hint(good, fate.number(1, 5), seconds);
            default -> throw new IllegalArgumentException("nobody knows how to do " + how);
        }
    }

    private static void hint(Answer good, int remaining, int seconds) {
        good.headers.put("X-RateLimit-Limit", "100");
        good.headers.put("X-RateLimit-Remaining", Integer.toString(remaining));
        good.headers.put("X-RateLimit-Reset", Integer.toString(seconds));
    }
}
