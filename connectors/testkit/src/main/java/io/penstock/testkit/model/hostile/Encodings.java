package io.penstock.testkit.model.hostile;

import static io.penstock.testkit.model.hostile.Misbehaviour.always;
import static io.penstock.testkit.model.hostile.Misbehaviour.harmless;
import static io.penstock.testkit.model.hostile.Misbehaviour.once;

import io.penstock.testkit.model.hostile.Played.End;
import io.penstock.testkit.model.hostile.Played.Raw;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Compression, header sections and character sets: the faults H6 to H10 and H13, and status lines. */
final class Encodings {

    private static final int TRAILER = 8;
    private static final int BOMB = 64 << 20;
    private static final String PLAIN = "Content-Encoding: identity";

    static final List<Misbehaviour> ALL = List.of(
            harmless("gzip-good", "H6", "compresses each body as asked", m -> gzip(m, zipped(m))),
            harmless("gzip-members", "H6", "compresses each body as two members in a row", m -> gzip(m, members(m))),
            once("gzip-cut", "H6", "sends half a gzip stream under its own length", m -> gzip(m, Wire.half(zipped(m)))),
            once("gzip-no-trailer", "H6", "leaves out the checksum of a gzip stream", m -> gzip(m, cut(zipped(m)))),
            once(
                    "gzip-bad-checksum",
                    "H6",
                    "sends a gzip stream with a wrong checksum",
                    m -> gzip(m, flipped(zipped(m)))),
            always(
                    "gzip-leftover",
                    "H6",
                    Outcome.BAD_ANSWER,
                    "sends bytes behind the end of the gzip stream",
                    m -> gzip(m, Wire.join(zipped(m), Wire.ascii("leftover")))),
            always("gzip-plain", "H7", Outcome.BAD_ANSWER, "calls a plain body gzip", m -> gzip(m, m.body())),
            always(
                    "encoding-unasked",
                    "H8",
                    Outcome.BAD_ANSWER,
                    "compresses in a way that nobody asked for",
                    m -> Wire.sent(m.reply(), m.body(), "Content-Encoding: br", Wire.length(m.body().length))),
            always(
                    "gzip-twice",
                    "H9",
                    Outcome.BAD_ANSWER,
                    "compresses what is compressed",
                    m -> twice(m, Wire.gzip(zipped(m)))),
            always("gzip-bomb", "H9", Outcome.BAD_ANSWER, "sends 64 KiB that become 64 MiB", m -> gzip(m, Bomb.ZIPPED)),
            always(
                    "header-line-huge",
                    "H10",
                    Outcome.BAD_ANSWER,
                    "sends a header field of 20 KiB",
                    m -> Wire.raw(End.CLOSE, Wire.full(m.reply(), "X-Long: " + "x".repeat(20 << 10)))),
            always(
                    "header-block-huge",
                    "H10",
                    Outcome.BAD_ANSWER,
                    "sends a header section of 100 KiB",
                    m -> Wire.raw(End.CLOSE, Wire.full(m.reply(), fields(10, 10 << 10)))),
            always(
                    "header-flood",
                    "H10",
                    Outcome.BAD_ANSWER,
                    "sends 300 header fields",
                    m -> Wire.raw(End.CLOSE, Wire.full(m.reply(), fields(300, 1)))),
            always(
                    "charset-utf16",
                    "H13",
                    Outcome.BAD_ANSWER,
                    "answers in UTF-16",
                    m -> charset(
                            m,
                            "utf-16",
                            new String(m.body(), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16))),
            harmless(
                    "charset-utf8",
                    "H13",
                    "names its character set in capitals and quotes",
                    m -> charset(m, "\"UTF-8\"", m.body())),
            always(
                    "switching-protocols",
                    "N14",
                    Outcome.BAD_ANSWER,
                    "switches to a protocol that nobody asked for",
                    m -> Wire.raw(
                            End.SILENCE,
                            Wire.ascii(
                                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"))),
            always(
                    "not-http",
                    "H3",
                    Outcome.BAD_ANSWER,
                    "answers in another protocol",
                    m -> Wire.raw(End.CLOSE, Wire.ascii("SSH-2.0-OpenSSH_9.6\r\n\r\n"))));

    private Encodings() {}

    /** Made when it is first needed. */
    private static final class Bomb {
        static final byte[] ZIPPED = Wire.gzip(new byte[BOMB]);
    }

    private static byte[] zipped(Moment moment) {
        return Wire.gzip(moment.body());
    }

    private static Raw gzip(Moment moment, byte[] body) {
        return Wire.gzipped(moment.reply(), body);
    }

    private static Raw twice(Moment moment, byte[] body) {
        return Wire.sent(moment.reply(), body, "Content-Encoding: gzip, gzip", Wire.length(body.length));
    }

    private static byte[] members(Moment moment) {
        byte[] body = moment.body();
        byte[] first = Wire.half(body);
        return Wire.join(Wire.gzip(first), Wire.gzip(Arrays.copyOfRange(body, first.length, body.length)));
    }

    private static byte[] cut(byte[] zipped) {
        return Arrays.copyOf(zipped, zipped.length - TRAILER);
    }

    private static byte[] flipped(byte[] zipped) {
        zipped[zipped.length - TRAILER] ^= 1;
        return zipped;
    }

    private static String[] fields(int count, int length) {
        String value = "y".repeat(length);
        String[] fields = new String[count];
        for (int i = 0; i < count; i++) {
            fields[i] = "X-Field-" + i + ": " + value;
        }
        return fields;
    }

    private static Raw charset(Moment moment, String name, byte[] body) {
        byte[] head = Wire.head(moment.reply(), PLAIN, Wire.length(body.length));
        String text = new String(head, StandardCharsets.ISO_8859_1)
                .replaceFirst("Content-Type: [^\r]*", "Content-Type: application/json; charset=" + name);
        return Wire.raw(End.CLOSE, text.getBytes(StandardCharsets.ISO_8859_1), body);
    }
}
