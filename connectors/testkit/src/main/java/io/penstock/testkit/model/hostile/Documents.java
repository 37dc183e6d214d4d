package io.penstock.testkit.model.hostile;

import static io.penstock.testkit.model.hostile.Misbehaviour.always;
import static io.penstock.testkit.model.hostile.Misbehaviour.harmless;
import static io.penstock.testkit.model.hostile.Misbehaviour.once;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/** JSON that is wrong, too much, or merely unusual: the faults D1 to D6, X9 and X11. */
final class Documents {

    private static final int DEEP = 100_000;
    private static final int MANY = 20_000;
    private static final int COLLIDING = 12;

    static final List<Misbehaviour> ALL = List.of(
            harmless(
                    "duplicate-names",
                    "D1",
                    "names a field of each record twice; the last value counts",
                    m -> m.rewritten(text -> text.replace(Records.BEGIN, "{\"id\":\"wrong\",\"id\":\""))),
            harmless(
                    "records-over-lines",
                    "D1",
                    "breaks lines inside of records",
                    m -> m.rewritten(text -> text.replace(Records.BEGIN, "{\r\n\t\"id\": \""))),
            bad(
                    "deep-nesting",
                    "D2",
                    "nests arrays 100,000 levels deep",
                    "\"x\":" + "[".repeat(DEEP) + "]".repeat(DEEP)),
            bad("name-huge", "D2", "has a field with a name of 9 KiB", "\"" + "n".repeat(9 << 10) + "\":1"),
            always(
                    "string-huge",
                    "D2",
                    Outcome.BAD_ANSWER,
                    "has a text of 17 MiB",
                    m -> m.rewritten(text -> Records.inFirst(text, "\"x\":\"" + "s".repeat(17 << 20) + "\""))),
            bad("fields-flood", "D2", "has an object of 20,000 fields", fields()),
            bad("not-a-number", "D3", "has a field that is NaN", "\"x\":NaN"),
            bad("infinity", "D3", "has a field that is Infinity", "\"x\":-Infinity"),
            bad("leading-zero", "D3", "has a number that begins with a zero", "\"x\":007"),
            rejected("number-exponent", "has a number with an exponent of nine digits", "\"x\":1e999999999"),
            rejected("number-long", "has a number of 2,000 digits", "\"x\":" + "9".repeat(2000)),
            bytes("utf8-broken", "has a byte that UTF-8 does not know", 0xFF),
            bytes("utf8-overlong", "hides a NUL in two bytes", 0xC0, 0x80),
            bytes("utf8-surrogate", "encodes half a pair in UTF-8", 0xED, 0xA0, 0x80),
            bytes("control-character", "has a line break inside a text", 0x0A),
            harmless(
                    "colliding-names",
                    "X11",
                    "has 4,096 names of one hash code beside the records",
                    m -> m.rewritten(text -> beside(text, "\"meta\":{" + colliding() + "}"))),
            harmless(
                    "type-names",
                    "X9",
                    "names a Java type to make of the document",
                    m -> m.rewritten(text -> beside(text, "\"@class\":\"javax.swing.JEditorPane\""))),
            harmless(
                    "byte-order-mark",
                    "D5",
                    "begins with a byte order mark",
                    m -> m.rewritten(text -> "\uFEFF" + text)),
            bad("single-quotes", "D6", "writes texts in single quotes", "'x':'y'"),
            bad("comment", "D6", "has a comment", "/* x */\"x\":1"),
            bad("missing-colon", "D6", "leaves out a colon", "\"x\" 1"),
            document("two-documents", "sends two documents in a row", text -> text + text),
            document("text-behind-document", "sends text behind the document", text -> text + " done"),
            once(
                    "document-cut",
                    "D6",
                    "ends in the middle of the document, under its own length",
                    m -> m.rewritten(Documents::firstHalf)),
            document("document-cut-always", "always ends in the middle of the document", Documents::firstHalf));

    private Documents() {}

    private static String firstHalf(String text) {
        return text.substring(0, text.length() / 2);
    }

    private static Misbehaviour document(String name, String description, UnaryOperator<String> change) {
        return always(name, "D6", Outcome.BAD_ANSWER, description, m -> m.rewritten(change));
    }

    private static Misbehaviour bad(String name, String fault, String description, String field) {
        return always(
                name, fault, Outcome.BAD_ANSWER, description, m -> m.rewritten(text -> Records.inFirst(text, field)));
    }

    private static Misbehaviour rejected(String name, String description, String field) {
        return always(
                name, "D4", Outcome.REJECTED, description, m -> m.rewritten(text -> Records.inFirst(text, field)));
    }

    private static Misbehaviour bytes(String name, String description, int... bytes) {
        StringBuilder wrong = new StringBuilder("\"x\":\"");
        for (int b : bytes) {
            wrong.append((char) b);
        }
        String field = wrong.append('"').toString();
        return always(name, "D5", Outcome.BAD_ANSWER, description, m -> {
            String page = new String(m.body(), StandardCharsets.ISO_8859_1); // one character for each byte, and back
            byte[] changed = Records.inFirst(page, field).getBytes(StandardCharsets.ISO_8859_1);
            return new Played.Whole(Moment.with(m.reply(), changed));
        });
    }

    private static String beside(String text, String field) {
        return text.startsWith("{") ? "{" + field + "," + text.substring(1) : text;
    }

    /** {@code Aa} and {@code BB} have one hash code, and so have all words made of as many of them. */
    private static String colliding() {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < 1 << COLLIDING; i++) {
            fields.append(i == 0 ? "\"" : ",\"");
            for (int bit = 0; bit < COLLIDING; bit++) {
                fields.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            fields.append("\":0");
        }
        return fields.toString();
    }

    private static String fields() {
        StringBuilder fields = new StringBuilder("\"x\":{\"f\":0");
        for (int i = 0; i < MANY; i++) {
            fields.append(",\"f").append(i).append("\":0");
        }
        return fields.append('}').toString();
    }
}
