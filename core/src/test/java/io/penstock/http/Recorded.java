package io.penstock.http;

import io.penstock.decode.Decoded;
import io.penstock.decode.Decoder;
import io.penstock.decode.format.Format;
import io.penstock.record.Pointer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Bodies as APIs of many kinds send them, from {@code recorded.txt}; names and values are made up. */
record Recorded(String name, Format format, Pointer records, byte[] body) {

    static List<Recorded> all() {
        List<Recorded> all = new ArrayList<>();
        for (String part : text().substring(4).split("\n=== ")) {
            String[] head = part.substring(0, part.indexOf('\n')).split(" ");
            byte[] body = part.substring(part.indexOf('\n') + 1).getBytes(StandardCharsets.UTF_8);
            all.add(new Recorded(head[0], format(head[1]), Pointer.of(head[2].equals("-") ? "" : head[2]), body));
        }
        return all;
    }

    private static String text() {
        try (InputStream file = Recorded.class.getResourceAsStream("recorded.txt")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Format format(String name) {
        return switch (name) {
            case "json" -> Format.json();
            case "ndjson" -> Format.ndjson();
            case "csv" -> Format.csv();
            case "xml" -> Format.xml();
            default -> throw new IllegalArgumentException(name);
        };
    }

    Decoder decoder() {
        return format.decoder(records, Set.of());
    }

    List<String> lines() {
        Decoded decoded = Decoded.whole(decoder(), body);
        if (decoded.failed()) {
            throw new IllegalStateException(name + ": " + decoded.failure());
        }
        return decoded.lines();
    }

    @Override
    public String toString() {
        return name;
    }
}
