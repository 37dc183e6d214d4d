package io.penstock.testkit.model.hostile;

import static io.penstock.testkit.model.hostile.Misbehaviour.always;
import static io.penstock.testkit.model.hostile.Misbehaviour.harmless;
import static io.penstock.testkit.model.hostile.Misbehaviour.once;

import io.penstock.testkit.model.endpoint.Problem;
import io.penstock.testkit.model.endpoint.Reply;
import java.util.List;

/** Throttling in all its words, and rate fields: the faults A1 to A5, A7, A16 and A17. */
final class Throttles {

    /** The server's own clock in these answers: a client may compare dates with nothing else. */
    private static final String DATE = "Tue, 15 Nov 1994 08:12:31 GMT";

    static final List<Misbehaviour> ALL = List.of(
            once("throttle-seconds", "A1", "429 with Retry-After in seconds", m -> throttle("1")),
            once("throttle-decimal", "A1", "429 with Retry-After in decimals of a second", m -> throttle("0.5")),
            once(
                    "throttle-date",
                    "A2",
                    "429 with Retry-After as a date, by a server whose clock is decades off",
                    m -> throttle("Tue, 15 Nov 1994 08:12:32 GMT")),
            once(
                    "throttle-date-rfc850",
                    "A2",
                    "429 with Retry-After as a date in the form of RFC 850",
                    m -> throttle("Tuesday, 15-Nov-94 08:12:32 GMT")),
            once(
                    "throttle-date-asctime",
                    "A2",
                    "429 with Retry-After as a date in the form of C",
                    m -> throttle("Tue Nov 15 08:12:32 1994")),
            once(
                    "throttle-date-past",
                    "A3",
                    "429 with Retry-After in the past",
                    m -> throttle("Tue, 15 Nov 1994 08:11:31 GMT")),
            once("throttle-zero", "A3", "429 with Retry-After 0", m -> throttle("0")),
            once("throttle-negative", "A3", "429 with a negative Retry-After", m -> throttle("-5")),
            once("throttle-junk", "A3", "429 with a Retry-After that says nothing", m -> throttle("soon")),
            once(
                    "throttle-overflow",
                    "A3",
                    "429 with a Retry-After of more digits than any wait has",
                    m -> throttle("99999999999999999999")),
            always(
                    "throttle-for-days",
                    "A4",
                    Outcome.TRY_LATER,
                    "429 with a Retry-After of a week: not to be sat out",
                    m -> throttle("604800")),
            once(
                    "throttle-without-hint",
                    "A5",
                    "429 without a word about when",
                    m -> new Played.Whole(refusal(429, "throttled"))),
            always(
                    "throttle-always",
                    "A5",
                    Outcome.TRY_LATER,
                    "429 to every repeat",
                    m -> new Played.Whole(refusal(429, "throttled"))),
            once(
                    "unavailable-with-hint",
                    "A7",
                    "503 with Retry-After",
                    m -> new Played.Whole(refusal(503, "maintenance").with("Retry-After", "1"))),
            harmless(
                    "rate-fields-junk",
                    "A5",
                    "fills every rate limit field with junk",
                    m -> fields(m, "many", "-1", "yesterday", ";;;=\"")),
            harmless(
                    "rate-fields-generous",
                    "A5",
                    "promises more requests than anybody may send",
                    m -> fields(m, "999999999", "999999999", "1", "\"default\";r=999999999;t=1")),
            once(
                    "rate-fields-spent",
                    "A5",
                    "says with a good answer that the quota is spent for a second",
                    m -> m.with("RateLimit", "\"default\";r=0;t=1")),
            harmless(
                    "retry-after-on-success",
                    "A3",
                    "sends Retry-After 0 with good answers",
                    m -> m.with("Retry-After", "0")),
            harmless(
                    "deprecated",
                    "A16",
                    "says that the endpoint is deprecated and will be gone",
                    m -> new Played.Whole(Moment.with(m.reply(), m.body())
                            .with("Deprecation", "@1688169599")
                            .with("Sunset", DATE))),
            harmless("clock-far-off", "A17", "has a clock that is decades off", m -> m.with("Date", DATE)));

    private Throttles() {}

    private static Played throttle(String retryAfter) {
        return new Played.Whole(refusal(429, "throttled").with("Date", DATE).with("Retry-After", retryAfter));
    }

    static Reply refusal(int status, String code) {
        return new Problem(status, code, "the hostile range says " + code).reply();
    }

    private static Played fields(Moment moment, String limit, String remaining, String reset, String structured) {
        Reply reply = Moment.with(moment.reply(), moment.body());
        for (String prefix : List.of("X-RateLimit-", "X-Rate-Limit-", "RateLimit-")) {
            reply.with(prefix + "Limit", limit)
                    .with(prefix + "Remaining", remaining)
                    .with(prefix + "Reset", reset);
        }
        return new Played.Whole(reply.with("RateLimit", structured));
    }
}
