package io.penstock.testkit.model.hostile;

import static io.penstock.testkit.model.hostile.Misbehaviour.always;
import static io.penstock.testkit.model.hostile.Misbehaviour.harmless;
import static io.penstock.testkit.model.hostile.Misbehaviour.once;

import io.penstock.testkit.model.hostile.Played.End;
import io.penstock.testkit.model.hostile.Played.Whole;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Links and redirects that lead astray: the faults P12, X1 to X3 and A12. */
final class Links {

    /** Where {@code redirect-login} leads. */
    static final String LOGIN = "/login";

    private static final String ELSEWHERE = "https://collector.example.com/v1/documents";
    private static final String PRIVATE = "http://10.0.0.1/v1/documents";
    private static final String METADATA = "http://169.254.169.254/latest/meta-data/iam/security-credentials/";

    static final List<Misbehaviour> ALL = List.of(
            next("next-other-host", "P12", "another host", ELSEWHERE),
            next("next-private-address", "P12", "a private address", PRIVATE),
            next("next-metadata-address", "P12", "the cloud's metadata service", METADATA),
            next("next-other-port", "P12", "another port of the same machine", "http://127.0.0.1:1/v1/documents"),
            next("next-decimal-address", "X1", "this machine, as one number", "http://2130706433/v1/documents"),
            next("next-mapped-address", "X1", "this machine, in the guise of IPv6", "http://[::ffff:127.0.0.1]/v1"),
            next("next-file", "P12", "a file", "file:///etc/hostname"),
            next("next-user-name", "X2", "another host behind a user name", "http://127.0.0.1@collector.example.com/"),
            harmless(
                    "next-relative",
                    "P12",
                    "leads on by a path without a host",
                    m -> m.rewritten(
                            text -> text.replace("\"next\":\"" + m.call().origin(), "\"next\":\""))),
            harmless("link-unquoted", "P12", "writes its Link header as few others do", Links::unquoted),
            redirect("redirect-other-host", "X2", Outcome.DENIED, "to another host", m -> ELSEWHERE),
            redirect("redirect-private-address", "X1", Outcome.DENIED, "to a private address", m -> PRIVATE),
            redirect(
                    "redirect-metadata-address",
                    "X1",
                    Outcome.DENIED,
                    "to the cloud's metadata service",
                    m -> METADATA),
            redirect(
                    "redirect-https",
                    "P12",
                    Outcome.DENIED,
                    "to itself, over TLS, at another port",
                    m -> m.call().origin().replaceFirst("^http:(//[^:/]+).*", "https:$1:1") + m.uri()),
            redirect(
                    "redirect-other-name",
                    "X2",
                    Outcome.DENIED,
                    "to this machine under another name",
                    m -> m.call().origin().replaceFirst("//[^:/]+", "//localhost") + m.uri()),
            redirect(
                    "redirect-user-name",
                    "X2",
                    Outcome.DENIED,
                    "to itself, with a user name",
                    m -> m.call().origin().replaceFirst("//", "//demo:demo@") + m.uri()),
            redirect("redirect-file", "X1", Outcome.DENIED, "to a file", m -> "file:///etc/hostname"),
            redirect("redirect-loop", "X1", Outcome.BAD_ANSWER, "to itself, for ever", Moment::uri),
            redirect("redirect-login", "A12", Outcome.BAD_ANSWER, "to a page to sign in at", m -> LOGIN),
            always(
                    "redirect-nowhere",
                    "X1",
                    Outcome.BAD_ANSWER,
                    "redirects without saying where to",
                    m -> new Whole(Contents.status(m, 302))),
            always(
                    "redirect-two-ways",
                    "X1",
                    Outcome.BAD_ANSWER,
                    "redirects to two places at once",
                    m -> Wire.raw(
                            End.CLOSE,
                            Wire.full(Contents.status(m, 302), "Location: " + m.uri(), "Location: " + ELSEWHERE))),
            once(
                    "redirect-once",
                    "X2",
                    "redirects once, to where the answer is",
                    m -> new Whole(Contents.status(m, 307).with("Location", m.uri()))));

    private Links() {}

    private static Misbehaviour next(String name, String fault, String where, String url) {
        return always(
                name,
                fault,
                Outcome.DENIED,
                "names as the next page " + where,
                m -> Ways.byUrl(m.stream()) ? new Whole(Ways.toUrl(m, m.reply(), url)) : m.asItIs());
    }

    private static Misbehaviour redirect(
            String name, String fault, Outcome outcome, String where, Function<Moment, String> location) {
        return always(
                name,
                fault,
                outcome,
                "redirects " + where,
                m -> new Whole(Contents.status(m, 302).with("Location", location.apply(m))));
    }

    private static Played unquoted(Moment moment) {
        Optional<String> link = Optional.ofNullable(moment.reply().headers().get("Link"));
        return link.map(text -> moment.with("Link", text.replace("; rel=\"next\"", " ;title=\"a, <b>; c\";REL=next")))
                .orElseGet(moment::asItIs);
    }
}
