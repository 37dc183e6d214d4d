package io.penstock.testkit.model.hostile;

import static io.penstock.testkit.model.hostile.Misbehaviour.always;
import static io.penstock.testkit.model.hostile.Misbehaviour.harmless;
import static io.penstock.testkit.model.hostile.Misbehaviour.once;

import io.penstock.testkit.model.endpoint.Reply;
import io.penstock.testkit.model.hostile.Played.Whole;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pages that do not lead from the first record to the last: the faults P1 to P14. */
final class Walks {

    static final List<Misbehaviour> ALL = List.of(
            loop("cursor-loop", "P1", "each page leads to itself", m -> round(m, good(m), "round")),
            loop("cursor-cycle", "P1", "two pages lead to each other", m -> round(m, good(m), "round-" + m.hit() % 2)),
            loop(
                    "repeated-page",
                    "P2",
                    "the same records under ever new cursors",
                    m -> round(m, m.first(), "round-" + m.hit())),
            loop(
                    "endless-pages",
                    "P14",
                    "good pages of ever new order under ever new cursors, without end",
                    m -> round(m, rotated(m), "round-" + m.hit())),
            always(
                    "expired-cursor",
                    "P3",
                    Outcome.BAD_ANSWER,
                    "410 to each page but the first: the cursor is no longer known",
                    m -> new Whole(Throttles.refusal(410, "cursor_expired"))),
            once("empty-page-with-cursor", "P5", "a page without records that leads on", m -> {
                Reply reply = Ways.toItself(m);
                return reply == null ? m.asItIs() : new Whole(reply);
            }),
            loop(
                    "empty-pages-for-ever",
                    "P5",
                    "pages without records that lead on and on",
                    m -> round(m, Ways.empty(m.first()), "round-" + m.hit())),
            always(
                    "cursor-line-break",
                    "X3",
                    Outcome.BAD_ANSWER,
                    "gives a cursor with a line break and a header in it, and refuses to take it back",
                    m -> m.stream().equals("orders")
                            ? new Whole(Ways.to(m, good(m), "a\\r\\nX-Injected: yes"))
                            : m.asItIs()),
            always(
                    "more-without-cursor",
                    "P6",
                    Outcome.BAD_ANSWER,
                    "says that there is more, but not where",
                    m -> m.rewritten(text -> text.replaceFirst(
                            "\"hasNextPage\":\\w+,\"endCursor\":(null|\"[^\"]*\")",
                            "\"hasNextPage\":true,\"endCursor\":null"))),
            harmless(
                    "page-size-capped",
                    "P4",
                    "gives pages of 17 records at most, whatever is asked for",
                    new Otherwise.ShortPages()),
            harmless(
                            "offset-drift",
                            "P7",
                            "gets a new record in front when the first page of offsets has been read",
                            new Otherwise.OffsetDrift())
                    .repeating(),
            harmless("late-record", "P11", "holds its first record back until the end of the last page", Walks::late),
            harmless("duplicate-records", "P8", "repeats the first record of each page", Walks::doubled)
                    .repeating(),
            harmless(
                    "records-out-of-order",
                    "P9",
                    "turns the order of each page's records",
                    m -> m.rewritten(page -> Records.replaced(page, reversed(Records.of(page))))),
            harmless(
                    "total-lies",
                    "P13",
                    "counts no records at all",
                    m -> m.rewritten(text -> text.replaceFirst("\"total\":\\d+}$", "\"total\":0}"))),
            harmless(
                    "total-huge",
                    "P13",
                    "counts more records than numbers have names",
                    m -> m.rewritten(text ->
                            text.replaceFirst("\"total\":\\d+}$", "\"total\":123456789012345678901234567890}"))));

    private Walks() {}

    private static Misbehaviour loop(String name, String fault, String description, Play play) {
        return always(name, fault, Outcome.BAD_ANSWER, description, play).repeating();
    }

    /** The good answer, or the first one of the stream where there is none because a cursor was made up here. */
    private static Reply good(Moment moment) {
        boolean found = !Records.of(Ways.text(moment.reply())).isEmpty();
        return found ? moment.reply() : moment.first();
    }

    private static Played round(Moment moment, Reply reply, String token) {
        return Ways.named(moment.stream()) ? new Whole(Ways.to(moment, reply, token)) : moment.asItIs();
    }

    /** The records of the first page, beginning with another one each time. */
    private static Reply rotated(Moment moment) {
        String page = Ways.text(moment.first());
        List<String> records = new ArrayList<>(Records.of(page));
        Collections.rotate(records, moment.hit());
        return Moment.with(moment.first(), Records.replaced(page, records));
    }

    private static Played late(Moment moment) {
        String first = Ways.text(moment.first());
        String record = first(first);
        boolean leadsOn = Ways.leadsOn(moment.reply());
        if (!Ways.byUrl(moment.stream()) || leadsOn != Ways.text(moment.reply()).equals(first)) {
            return moment.asItIs();
        }
        return moment.rewritten(page -> leadsOn
                ? page.replaceFirst(Pattern.quote(record) + ",", "")
                : page.replaceFirst("\\]([^\\]]*)$", Matcher.quoteReplacement("," + record + "]") + "$1"));
    }

    /** Where the next page follows from how many records came, one more would skip another. */
    private static Played doubled(Moment moment) {
        boolean apart = moment.stream().equals("invoices") || moment.stream().equals("products");
        return apart
                ? moment.asItIs()
                : moment.rewritten(
                        page -> page.replaceFirst("\\[\\{", "[" + Matcher.quoteReplacement(first(page)) + ",{"));
    }

    private static String first(String page) {
        return Records.of(page).stream().findFirst().orElse("{}");
    }

    private static List<String> reversed(List<String> records) {
        List<String> turned = new ArrayList<>(records);
        Collections.reverse(turned);
        return turned;
    }
}
