package io.penstock.runner.summary;

import io.penstock.error.PenstockException;
import io.penstock.error.Place;
import io.penstock.error.SentRequest;
import io.penstock.redact.Redaction;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A failure as it is told to people and machines: one form everywhere, free of secrets.
 *
 * @param code the kind, such as {@code Throttled}; {@code Bug} for what is none of the known kinds
 * @param message what was expected, what was found, what mends it
 * @param details single facts
 * @param place where it happened
 * @param time when it was parked
 * @param exitCode the exit code of a run that ends with it
 * @param requests the last requests before it, the newest last; none if it was no matter of requests
 */
public record Failure(
        String code,
        String message,
        Map<String, String> details,
        Place place,
        Instant time,
        int exitCode,
        List<SentRequest> requests) {

    private static final Logger LOG = LoggerFactory.getLogger(Failure.class);
    private static final String DOCS = "core/README.md#";

    /** Copies the details and the requests. */
    public Failure {
        details = Map.copyOf(details);
        requests = List.copyOf(requests);
    }

    /** Describes {@code thrown}, with its secrets hidden; its stack trace goes to the log at level debug, hidden as well. */
    public static Failure of(Throwable thrown, Redaction redaction, Instant time) {
        if (LOG.isDebugEnabled()) {
            LOG.debug(redaction.hide(trace(thrown)));
        }
        if (thrown instanceof PenstockException known) {
            Map<String, String> details = new TreeMap<>();
            known.details().forEach((name, value) -> details.put(name, redaction.hide(value)));
            String message = redaction.hide(String.valueOf(known.getMessage()));
            List<SentRequest> requests = known.requests().stream()
                    .map(request -> request.at(redaction.hide(request.address())))
                    .toList();
            return new Failure(known.code(), message, details, known.place(), time, known.exitCode(), requests);
        }
        return new Failure(
                "Bug",
                redaction.hide("this should not happen, please report it: " + thrown),
                Map.of("class", thrown.getClass().getName()),
                Place.UNKNOWN,
                time,
                ExitCode.BUG,
                List.of());
    }

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    /** This failure with the gaps of its place filled in. */
    public Failure at(Optional<String> stream, Optional<String> slice) {
        Place known = new Place(
                place.stream().or(() -> stream), place.slice().or(() -> slice), place.attempts(), place.requestId());
        return new Failure(code, message, details, known, time, exitCode, requests);
    }

    /** Where the kind is described. */
    public String docs() {
        return DOCS + code.toLowerCase(Locale.ROOT);
    }

    /** The one JSON form, in plain values; what is not known is left out. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("code", code);
        map.put("message", message);
        map.put("details", new TreeMap<>(details));
        place.stream().ifPresent(stream -> map.put("stream", stream));
        place.slice().ifPresent(slice -> map.put("slice", slice));
        if (place.attempts() > 0) {
            map.put("attempt", place.attempts());
        }
        place.requestId().ifPresent(id -> map.put("correlation_id", id));
        map.put("time", time.toString());
        map.put("docs", docs());
        if (!requests.isEmpty()) {
            map.put("requests", requests.stream().map(SentRequest::toMap).toList());
        }
        return map;
    }
}
