package io.penstock.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Bytes of answers as servers send them. */
final class Answers {

    private Answers() {}

    static byte[] of(String head, byte[] body) {
        return join((head.replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1), body);
    }

    static byte[] ok(byte[] body, String... fields) {
        StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\nContent-Type: application/json");
        for (String field : fields) {
            head.append('\n').append(field);
        }
        return of(head.append("\nContent-Length: ").append(body.length).toString(), body);
    }

    static byte[] ok(String body) {
        return ok(utf8(body));
    }

    static byte[] chunked(byte[] body, int size, String... fields) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int at = 0; at < body.length; at += size) {
            int count = Math.min(size, body.length - at);
            chunks.writeBytes(utf8(Integer.toHexString(count) + "\r\n"));
            chunks.write(body, at, count);
            chunks.writeBytes(utf8("\r\n"));
        }
        chunks.writeBytes(utf8("0\r\n\r\n"));
        String more = fields.length == 0 ? "" : "\n" + String.join("\n", fields);
        return of("HTTP/1.1 200 OK\nTransfer-Encoding: chunked" + more, chunks.toByteArray());
    }

    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    static byte[] join(byte[] first, byte[] second) {
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
