package io.penstock.testkit.model.hostile;

import static io.penstock.testkit.model.hostile.Misbehaviour.always;
import static io.penstock.testkit.model.hostile.Misbehaviour.harmless;
import static io.penstock.testkit.model.hostile.Misbehaviour.once;

import io.penstock.testkit.model.endpoint.Reply;
import java.util.LinkedHashMap;
import java.util.List;

/** Failures and refusals, by status or in disguise: the faults A8 to A14. */
final class Contents {

    private static final String PAGE = "<!DOCTYPE html><html><body>Please sign in</body></html>";

    static final List<Misbehaviour> ALL = List.of(
            once("internal-error", "A8", "500", m -> refused(500)),
            once("bad-gateway-page", "A8", "502 with a page for people", m -> new Played.Whole(Reply.html(502, "Bad"))),
            once("gateway-timeout", "A8", "504", m -> refused(504)),
            once("origin-unreachable", "A8", "520, as a proxy in front says it", m -> refused(520)),
            once("request-timeout", "A8", "408", m -> refused(408)),
            always("error-storm", "A8", Outcome.TRY_LATER, "503 to everything", m -> refused(503)),
            always("not-implemented", "A8", Outcome.BAD_ANSWER, "501: no repeat will help", m -> refused(501)),
            always("unauthorized", "A9", Outcome.DENIED, "401 to every page", m -> refused(401)),
            new Misbehaviour(
                    "unauthorized-once",
                    2,
                    "A9",
                    "401 to a fixed credential that is good before and afterwards: read again, it is the same",
                    Outcome.DENIED,
                    false,
                    When.ONCE,
                    m -> refused(401)),
            new Misbehaviour(
                    "throttle-by-403",
                    2,
                    "A6",
                    "403 with Retry-After, as some APIs throttle",
                    Outcome.IDENTICAL,
                    false,
                    When.ONCE,
                    m -> new Played.Whole(
                            Throttles.refusal(403, "secondary_limit").with("Retry-After", "1"))),
            always(
                    "error-with-escapes",
                    "X8",
                    Outcome.BAD_ANSWER,
                    "400 with line breaks and escapes of terminals in its code",
                    m -> new Played.Whole(
                            Moment.with(
                                    Throttles.refusal(400, "bad"),
                                    "{\"error\":{\"code\":\"a\\r\\nFATAL \\u001b[2J\",\"message\":\"b\\r\\nc\\u001b]0;x\\u0007\"}}"))),
            always("forbidden", "A10", Outcome.DENIED, "403 without a sign of throttling", m -> refused(403)),
            always("bad-request", "A11", Outcome.BAD_ANSWER, "400 to every page", m -> refused(400)),
            always("not-found", "A11", Outcome.BAD_ANSWER, "404 to every page", m -> refused(404)),
            always("conflict", "A11", Outcome.BAD_ANSWER, "409 to every page", m -> refused(409)),
            always("gone", "A11", Outcome.BAD_ANSWER, "410 to every page", m -> refused(410)),
            always("unprocessable", "A11", Outcome.BAD_ANSWER, "422 to every page", m -> refused(422)),
            once("html-page", "A12", "a page for people with status 200", m -> html(m, "text/html")),
            always(
                    "html-page-always",
                    "A12",
                    Outcome.BAD_ANSWER,
                    "a page for people with status 200, each time",
                    m -> html(m, "text/html")),
            always(
                    "html-as-json",
                    "A12",
                    Outcome.BAD_ANSWER,
                    "a page for people that calls itself JSON",
                    m -> html(m, "application/json")),
            once("empty-body", "A13", "status 200 and nothing else", m -> document(m, "")),
            always(
                    "empty-body-always",
                    "A13",
                    Outcome.BAD_ANSWER,
                    "status 200 and nothing else, each time",
                    m -> document(m, "")),
            always("blank-body", "A13", Outcome.BAD_ANSWER, "status 200 and blanks", m -> document(m, " \r\n\t ")),
            always("null-body", "A13", Outcome.BAD_ANSWER, "status 200 and null", m -> document(m, "null")),
            always(
                    "error-in-success",
                    "A14",
                    Outcome.BAD_ANSWER,
                    "status 200 with ok: false",
                    m -> document(m, "{\"ok\":false,\"error\":{\"code\":\"backend_down\"}}")),
            always(
                    "graphql-errors",
                    "A14",
                    Outcome.BAD_ANSWER,
                    "errors beside data, as GraphQL reports them",
                    Contents::withErrors),
            always(
                    "records-elsewhere",
                    "A14",
                    Outcome.BAD_ANSWER,
                    "an object in which the records are not where they belong",
                    m -> document(m, "{\"moved\":[]}")),
            harmless("json-as-text", "A12", "calls its JSON plain text", m -> typed(m, "text/plain; charset=utf-8")),
            harmless(
                    "json-vendor-type",
                    "A12",
                    "calls its JSON by a vendor's media type",
                    m -> typed(m, "application/vnd.model.v1+json")));

    private Contents() {}

    /** The good answer under another status. */
    static Reply status(Moment moment, int status) {
        Reply reply = moment.reply();
        return new Reply(status, reply.type(), reply.body(), new LinkedHashMap<>(reply.headers()));
    }

    private static Played refused(int status) {
        return new Played.Whole(Throttles.refusal(status, "hostile"));
    }

    private static Played html(Moment moment, String type) {
        Reply page = Moment.with(moment.reply(), PAGE);
        return new Played.Whole(new Reply(200, type, page.body(), page.headers()));
    }

    private static Played typed(Moment moment, String type) {
        Reply reply = moment.reply();
        return new Played.Whole(new Reply(reply.status(), type, reply.body(), new LinkedHashMap<>(reply.headers())));
    }

    private static Played document(Moment moment, String text) {
        return new Played.Whole(Moment.with(moment.reply(), text));
    }

    private static Played withErrors(Moment moment) {
        return moment.stream().equals("products")
                ? moment.rewritten(text -> "{\"errors\":[{\"message\":\"half of it failed\"}]," + text.substring(1))
                : moment.asItIs();
    }
}
