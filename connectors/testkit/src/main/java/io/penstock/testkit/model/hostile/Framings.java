package io.penstock.testkit.model.hostile;

import static io.penstock.testkit.model.hostile.Misbehaviour.always;
import static io.penstock.testkit.model.hostile.Misbehaviour.harmless;
import static io.penstock.testkit.model.hostile.Misbehaviour.once;

import io.penstock.testkit.model.hostile.Played.End;
import io.penstock.testkit.model.hostile.Played.Raw;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Bodies whose length is not what HTTP says: the faults H1 to H5, H11 and H12. */
final class Framings {

    private static final String CHUNKED = "Transfer-Encoding: chunked";
    private static final byte[] LAST_CHUNK = Wire.ascii("0\r\n\r\n");
    private static final int CUT = 40;

    static final List<Misbehaviour> ALL = List.of(
            once("cut-length", "H1", "announces more bytes than it sends", Framings::cut),
            always("cut-length-always", "H1", Outcome.TRY_LATER, "never sends all it announced", Framings::cut),
            once("short-length", "H2", "announces fewer bytes than it sends", Framings::tooShort),
            always(
                    "short-length-always",
                    "H2",
                    Outcome.BAD_ANSWER,
                    "always announces fewer bytes than it sends",
                    Framings::tooShort),
            refused(
                    "length-and-chunked",
                    "announces a length and chunks at once, as request smuggling does",
                    m -> Wire.sent(m.reply(), chunks(m), CHUNKED, Wire.length(5))),
            refused(
                    "two-lengths",
                    "announces two lengths",
                    m -> Wire.sent(m.reply(), m.body(), Wire.length(m.body().length), Wire.length(7))),
            refused(
                    "length-no-number",
                    "announces a length that is no number",
                    m -> Wire.sent(m.reply(), m.body(), "Content-Length: many")),
            refused(
                    "length-negative",
                    "announces a negative length",
                    m -> Wire.sent(m.reply(), m.body(), "Content-Length: -1")),
            refused(
                    "bad-chunk-size",
                    "sends a chunk whose size is no number",
                    m -> Wire.sent(m.reply(), Wire.join(Wire.ascii("zz\r\n"), m.body()), CHUNKED)),
            refused(
                    "huge-chunk-size",
                    "sends a chunk size beyond 64 bits",
                    m -> Wire.sent(m.reply(), Wire.join(Wire.ascii("fffffffffffffffff\r\n"), m.body()), CHUNKED)),
            refused(
                    "unknown-transfer-coding",
                    "frames the body in a coding that nobody knows",
                    m -> Wire.sent(m.reply(), m.body(), "Transfer-Encoding: gzip, rot13")),
            once(
                    "cut-chunked",
                    "H4",
                    "closes the connection before the last chunk",
                    m -> Wire.sent(m.reply(), Wire.chunk(Wire.half(m.body())), CHUNKED)),
            once(
                    "no-last-chunk",
                    "H4",
                    "sends all of the body, but not the chunk that says so",
                    m -> Wire.sent(m.reply(), Wire.chunk(m.body()), CHUNKED)),
            harmless(
                    "many-chunks",
                    "H4",
                    "sends some fifty chunks with extensions, and a trailer",
                    m -> Wire.sent(m.reply(), crumbs(m), CHUNKED)),
            harmless(
                    "until-close",
                    "H5",
                    "announces no length: the body ends with the connection",
                    m -> Wire.sent(m.reply(), m.body(), "Connection: close")),
            once(
                    "until-close-cut",
                    "H5",
                    "announces no length and breaks off",
                    m -> Wire.sent(m.reply(), Wire.half(m.body()), "Connection: close")),
            always(
                    "partial-content",
                    "H11",
                    Outcome.BAD_ANSWER,
                    "answers 206 with a part that nobody asked for",
                    m -> new Played.Whole(Contents.status(m, 206).with("Content-Range", "bytes 0-9/10"))),
            always(
                    "no-content-with-body",
                    "H11",
                    Outcome.BAD_ANSWER,
                    "answers 204 and sends a body all the same",
                    m -> Wire.raw(End.SILENCE, Wire.full(Contents.status(m, 204)))),
            always("endless-body", "H12", Outcome.BAD_ANSWER, "sends a body of blanks without end", Framings::endless));

    private Framings() {}

    private static Misbehaviour refused(String name, String description, Play play) {
        return always(name, "H3", Outcome.BAD_ANSWER, description, play);
    }

    private static Raw cut(Moment moment) {
        byte[] body = moment.body();
        return Wire.sent(moment.reply(), body, Wire.length(body.length + CUT));
    }

    private static Raw tooShort(Moment moment) {
        byte[] body = moment.body();
        byte[] head = Wire.head(moment.reply(), Wire.length(Math.max(0, body.length - CUT)));
        return Wire.raw(End.SILENCE, head, body); // open, to tempt the client into using the connection again
    }

    private static byte[] chunks(Moment moment) {
        return Wire.join(Wire.chunk(moment.body()), LAST_CHUNK);
    }

    private static byte[] crumbs(Moment moment) {
        byte[] body = moment.body();
        byte[] all = new byte[0];
        for (int at = 0; at < body.length; at += body.length / 50 + 7) {
            byte[] crumb = Arrays.copyOfRange(body, at, Math.min(body.length, at + body.length / 50 + 7));
            all = Wire.join(all, Wire.ascii(Integer.toHexString(crumb.length) + ";a=b\r\n"), crumb, Wire.ascii("\r\n"));
        }
        return Wire.join(all, Wire.ascii("0\r\nX-Checksum: 1\r\n\r\n"));
    }

    private static Raw endless(Moment moment) {
        byte[] blanks = Wire.ascii(" ".repeat(64 * 1024));
        byte[] start = Wire.join(Wire.head(moment.reply(), CHUNKED), Wire.chunk(Wire.ascii("{")));
        return Wire.endless(start, Duration.ZERO, Wire.chunk(blanks));
    }
}
