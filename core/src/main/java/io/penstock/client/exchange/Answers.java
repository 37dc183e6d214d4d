package io.penstock.client.exchange;

import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.BadAnswer.RequestRejected;
import io.penstock.error.PenstockException;
import io.penstock.error.Place;
import io.penstock.error.TryLater.Throttled;
import io.penstock.error.TryLater.UpstreamError;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart.Head;
import io.penstock.rate.quota.Quotas;
import io.penstock.record.Pointer;
import io.penstock.record.Values;
import io.penstock.retry.AnswerRule;
import io.penstock.retry.RetryAfter;
import io.penstock.retry.RetryPolicy;
import io.penstock.retry.ServerClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Turns answers into types: the only place that looks at the number.
 *
 * <p>In this order: the client's own rules, redirects, throttles, refused credentials, failures of the server, refusals.
 */
public final class Answers {

    private final Clock clock;
    private final Quotas quotas;
    private final RetryPolicy retry;
    private final List<AnswerRule> rules;
    private final Set<Pointer> values;
    private final ServerClock serverClock = new ServerClock();

    Answers(Terms terms) {
        this.clock = terms.means().clock();
        this.quotas = terms.quotas();
        this.retry = terms.repeats().policy();
        this.rules = terms.rules();
        this.values = rules.stream().flatMap(rule -> rule.values().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether {@code status} says that the server itself is in trouble. */
    static boolean serverFailed(int status) {
        return status == 500 || (status >= 502 && status <= 504) || (status >= 520 && status <= 529);
    }

    /** Whether an answer that is no success is one all the same, for who has asked for it. */
    boolean taken(ApiRequest request, int status) {
        return request.sending().verbatim() && status < 500 && status != 429 && !retry.retries(status);
    }

    /** Takes note of what a header section says of time and quota. */
    void heard(ApiRequest request, Head head, Instant sent) {
        Instant now = clock.instant();
        Optional<String> date = head.headers().first("Date");
        date.ifPresent(stamp -> serverClock.heard(stamp, sent, now));
        quotas.learn(request, head.headers(), date.isPresent() ? now : serverClock.at(now));
    }

    /** Whether a rule looks into the body of answers of {@code status}. */
    public boolean readsBodies(int status) {
        return !values.isEmpty()
                && rules.stream()
                        .anyMatch(rule -> rule.mayHold(status) && !rule.values().isEmpty());
    }

    /** The values of a body that rules look at. */
    public Set<Pointer> bodyValues() {
        return values;
    }

    /** What an answer means by the client's own rules; empty if none holds. */
    public Optional<PenstockException> byRule(ApiRequest request, Head head, Function<Pointer, Optional<String>> body) {
        if (rules.isEmpty()) {
            return Optional.empty();
        }
        return rules.stream()
                .filter(rule -> rule.holds(head.status(), head.headers(), body))
                .findFirst()
                .map(rule -> meant(request, head, rule).in(Place.request(0, head.requestId())));
    }

    private PenstockException meant(ApiRequest request, Head head, AnswerRule rule) {
        String what = request + " was answered with " + head.status() + ", which by a rule of this API means ";
        Optional<Duration> after = retryAfter(head);
        return switch (rule.verdict()) {
            case RETRY -> new UpstreamError(what + "to try again", head.status(), after.orElse(Duration.ZERO));
            case FAIL -> new RequestRejected(what + "that it is refused for good", head.status());
            case THROTTLE ->
                throttled(request, what + "that the quota is spent", head.status(), after.orElseGet(rule::atLeast));
        };
    }

    /** What an answer that is no success means; nothing of it is told that {@code echo} knows. */
    RuntimeException failure(ApiRequest request, Head head, byte[] body, Hops hops, Echo echo) {
        return ruled(request, head, body)
                .or(() -> hops.next(request, head).map(next -> redirected(request, head, next)))
                .orElseGet(() -> refused(request, head, body, echo));
    }

    /** As {@link #failure}, of an answer that was kept: what it said of time is over. */
    RuntimeException kept(ApiRequest request, Head head, byte[] body, Hops hops) {
        return ruled(request, head, body)
                .or(() -> hops.next(request, head).map(next -> new Hops.Redirected(next, Duration.ZERO)))
                .orElseGet(() -> refused(request, head, body, Echo.NONE));
    }

    private Optional<RuntimeException> ruled(ApiRequest request, Head head, byte[] body) {
        if (rules.isEmpty()) {
            return Optional.empty();
        }
        Values found = readsBodies(head.status()) ? ErrorBody.values(body, values) : Values.NONE;
        return byRule(request, head, found::at).map(ruled -> ruled);
    }

    private RuntimeException refused(ApiRequest request, Head head, byte[] body, Echo echo) {
        return refused(request, head, ErrorBody.of(body), echo).in(Place.request(0, head.requestId()));
    }

    private RuntimeException redirected(ApiRequest request, Head head, ApiRequest next) {
        Duration after = retryAfter(head).orElse(Duration.ZERO);
        if (after.compareTo(retry.maxRetryAfter()) <= 0) {
            return new Hops.Redirected(next, after);
        }
        Instant resumeAt = clock.instant().plus(after);
        String what = request + " was answered with " + head.status() + ", a redirect";
        return new Throttled(what + asked(resumeAt), head.status(), after, resumeAt)
                .in(Place.request(0, head.requestId()));
    }

    private PenstockException refused(ApiRequest request, Head head, ErrorBody body, Echo echo) {
        int status = head.status();
        String code = echo.free(body.code());
        String what = request + " was answered with " + status + (code.isEmpty() ? "" : " (" + code + ")");
        Duration after = retryAfter(head).orElse(Duration.ZERO);
        Optional<Duration> problem = body.throttle();
        if (problem.isPresent()) {
            return throttled(request, what, status, max(after, problem.get()));
        }
        if (status == 429 || (status == 403 && !after.isZero())) { // who lacks rights is not told to come again
            return throttled(request, what, status, after);
        }
        if (status == 401 || status == 403 || status == 407) {
            String scopes = status == 403 ? NeededScopes.of(head.headers(), body, echo) : "";
            return new AuthError(what + (scopes.isEmpty() ? advice(status) : lacking(scopes)), status);
        }
        if (retry.retries(status)) {
            if (!after.isZero()) {
                quotas.of(request).hold(min(after, retry.maxRetryAfter()));
            }
            return after.compareTo(retry.maxRetryAfter()) > 0
                    ? throttled(request, what, status, after)
                    : new UpstreamError(what, status, after);
        }
        return new RequestRejected(what + advice(status), status);
    }

    /** The whole budget waits, so that requests side by side do not each find out. */
    private PenstockException throttled(ApiRequest request, String what, int status, Duration after) {
        if (after.compareTo(retry.maxRetryAfter()) > 0) {
            Instant resumeAt = clock.instant().plus(after);
            String asked = asked(resumeAt);
            quotas.of(request)
                    .shut(
                            after,
                            () -> new Throttled(
                                    "requests to " + request.origin() + " are not sent" + asked,
                                    status,
                                    after,
                                    resumeAt));
            return new Throttled(what + asked, status, after, resumeAt);
        }
        if (!after.isZero()) {
            quotas.of(request).hold(after);
        }
        return new Throttled(what, status, after);
    }

    private String asked(Instant resumeAt) {
        return ": the server asks to wait until " + resumeAt + ", longer than the " + retry.maxRetryAfter()
                + " that are sat out: run again then";
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? b : a;
    }

    /** Dates are compared with the server's own clock: this answer's, or what former answers said of it. */
    private Optional<Duration> retryAfter(Head head) {
        List<String> lines = head.headers().all("Retry-After");
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        return RetryAfter.parse(lines, head.headers().first("Date"), serverClock.at(clock.instant()));
    }

    private static String lacking(String scopes) {
        return ": the credentials do not suffice: this needs " + scopes
                + ", so add it to the scopes of the token and grant access anew";
    }

    private static String advice(int status) {
        return switch (status) {
            case 400, 422 -> ": the server does not accept these parameters: check params and body";
            case 401 -> ": the credentials are missing or wrong: check auth and that the token has not expired";
            case 403 -> ": the credentials do not suffice: check the scopes or rights of the token";
            case 404 -> ": there is nothing at this path: check base_url and path";
            case 405 -> ": the server does not allow this method here: check method";
            case 407 -> ": the proxy refuses the credentials";
            case 410 -> ": what was there is gone for good";
            default -> "";
        };
    }
}
