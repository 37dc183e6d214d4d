package io.penstock.testkit.model.hostile;

import io.penstock.testkit.model.endpoint.Reply;
import io.penstock.testkit.model.hostile.Played.End;
import io.penstock.testkit.model.hostile.Played.Piece;
import io.penstock.testkit.model.hostile.Played.Raw;
import io.penstock.testkit.model.record.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Writes HTTP by hand (RFC 9112), where it is to be wrong. */
final class Wire {

    private static final String END_OF_LINE = "\r\n";

    private Wire() {}

    /** Status line, the fields of {@code reply}, and {@code fields}, such as {@code Content-Length: 3}. */
    static byte[] head(Reply reply, String... fields) {
        Bytes out = new Bytes(512).text("HTTP/1.1 " + reply.status() + " Hostile" + END_OF_LINE);
        out.text("Content-Type: " + reply.type() + END_OF_LINE);
        reply.headers().forEach((name, value) -> out.text(name + ": " + value + END_OF_LINE));
        for (String field : fields) {
            out.text(field + END_OF_LINE);
        }
        return out.text(END_OF_LINE).copy();
    }

    /** The field that announces {@code length} bytes. */
    static String length(long length) {
        return "Content-Length: " + length;
    }

    /** {@code reply} in good order, with more fields. */
    static byte[] full(Reply reply, String... fields) {
        byte[] body = reply.body().copy();
        String[] all =
                Stream.concat(Stream.of(fields), Stream.of(length(body.length))).toArray(String[]::new);
        return join(head(reply, all), body);
    }

    /** {@code reply} with {@code fields} only, and {@code body} behind them. */
    static Raw sent(Reply reply, byte[] body, String... fields) {
        return raw(End.CLOSE, head(reply, fields), body);
    }

    /** {@code reply} with a body that is said to be gzip. */
    static Raw gzipped(Reply reply, byte[] body) {
        return sent(reply, body, "Content-Encoding: gzip", length(body.length));
    }

    /** Pieces without a pause. */
    static Raw raw(End end, byte[]... pieces) {
        return new Raw(
                Stream.of(pieces).map(bytes -> new Piece(Duration.ZERO, bytes)).toList(), end);
    }

    /** {@code start} at once, then {@code piece} again and again, with a pause before each. */
    static Raw endless(byte[] start, Duration pause, byte[] piece) {
        Iterable<Piece> pieces = () -> new Iterator<>() {
            private boolean begun;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Piece next() {
                Piece next = begun ? new Piece(pause, piece) : new Piece(Duration.ZERO, start);
                begun = true;
                return next;
            }
        };
        return new Raw(pieces, End.CLOSE);
    }

    /** {@code start} at once, then one byte of {@code rest} after the other. */
    static Raw dribbled(byte[] start, Duration pause, byte[] rest) {
        Stream<Piece> bytes = IntStream.range(0, rest.length).mapToObj(at -> new Piece(pause, new byte[] {rest[at]}));
        return new Raw(
                Stream.concat(Stream.of(new Piece(Duration.ZERO, start)), bytes).toList(), End.CLOSE);
    }

    /** One chunk of the chunked coding. */
    static byte[] chunk(byte[] bytes) {
        return join(ascii(Integer.toHexString(bytes.length) + END_OF_LINE), bytes, ascii(END_OF_LINE));
    }

    static byte[] ascii(String text) {
        return Bytes.utf8(text);
    }

    static byte[] half(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length / 2);
    }

    static byte[] join(byte[]... parts) {
        Bytes out =
                new Bytes(List.of(parts).stream().mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            out.raw(part);
        }
        return out.copy();
    }

    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 4 + 64);
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
