package io.penstock.decode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Writes random documents that reach every corner of the grammar, and breaks them. */
final class RandomJson {

    private static final String[] NUMBERS = {
        "0",
        "-0",
        "1",
        "-1",
        "12",
        "1.10",
        "-0.0",
        "1e2",
        "1E+2",
        "1e-2",
        "0e0",
        "123456789012345678",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "-9223372036854775809",
        "92233720368547758070",
        "3.141592653589793238"
    };
    private static final String[] PIECES = {
        "a",
        "b",
        "id",
        "name",
        "x y",
        "ä",
        "日本",
        "😀",
        "\\n",
        "\\\"",
        "\\\\",
        "\\/",
        "\\u0041",
        "\\u00e4",
        "\\ud83d\\ude00",
        "\\ud83d",
        "\\ude00",
        "\\ud83dx",
        "longer text without any mark in it",
        "\u007f",
        "\\b\\f\\r\\t",
        ",",
        ":",
        "{",
        "]"
    };
    private static final String[] BREAKERS = {
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "0",
        "-",
        ".",
        "e",
        "+",
        "\n",
        "\r",
        "\t",
        "\0",
        "\u001f",
        "true",
        "nul",
        "NaN",
        "Infinity",
        "\\u",
        "\\ud800",
        "\\x",
        " ",
        "/",
        "'",
        "01",
        "1.",
        "\uFEFF"
    };

    private final Random random;
    private final boolean spaced;

    RandomJson(Random random) {
        this.random = random;
        this.spaced = random.nextInt(3) == 0;
    }

    /** A document with the records at {@code /data/items}, at {@code /items}, or at the root. */
    String document(String pointer) {
        String records = array(random.nextInt(6), 4);
        return switch (pointer) {
            case "" -> random.nextInt(4) == 0 ? object(4) : records;
            case "/items" -> frame("items", records);
            default -> frame("data", frame("items", records));
        };
    }

    private String frame(String name, String value) {
        StringBuilder text = new StringBuilder("{");
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append(space())
                    .append("\"before")
                    .append(i)
                    .append("\":")
                    .append(value(2))
                    .append(',');
        }
        text.append(space())
                .append('"')
                .append(name)
                .append('"')
                .append(space())
                .append(':')
                .append(space())
                .append(value);
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append(",\"after").append(i).append("\":").append(value(2));
        }
        return text.append(space()).append('}').toString();
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 6)) {
            case 0, 1 -> text();
            case 2, 3 -> NUMBERS[random.nextInt(NUMBERS.length)];
            case 4 -> random.nextBoolean() ? "true" : "false";
            case 5 -> "null";
            case 6 -> array(random.nextInt(4), depth - 1);
            default -> object(depth - 1);
        };
    }

    private String array(int size, int depth) {
        StringBuilder text = new StringBuilder("[").append(space());
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ",").append(space()).append(value(depth)).append(space());
        }
        return text.append(']').toString();
    }

    private String object(int depth) {
        StringBuilder text = new StringBuilder("{").append(space());
        int size = random.nextInt(6);
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ",").append(space()).append(text()).append(space());
            text.append(':').append(space()).append(value(depth)).append(space());
        }
        return text.append('}').toString();
    }

    private String text() {
        StringBuilder text = new StringBuilder("\"");
        for (int i = random.nextInt(random.nextInt(8) == 0 ? 12 : 3); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.append('"').toString();
    }

    private String space() {
        return spaced && random.nextInt(3) == 0 ? " \t\n\r".substring(random.nextInt(4)) : "";
    }

    /** The document with some bytes changed, dropped, doubled or put in. */
    byte[] broken(String document) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            bytes = brokenOnce(bytes);
        }
        return bytes;
    }

    private byte[] brokenOnce(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        ByteArrayOutputStream broken = new ByteArrayOutputStream();
        broken.write(bytes, 0, at);
        int skipped = 0;
        switch (random.nextInt(5)) {
            case 0 -> skipped = 1;
            case 1 -> broken.write(random.nextInt(256));
            case 2 -> broken.writeBytes(BREAKERS[random.nextInt(BREAKERS.length)].getBytes(StandardCharsets.UTF_8));
            case 3 -> {
                broken.write(random.nextInt(256));
                skipped = 1;
            }
            default -> skipped = random.nextInt(6);
        }
        int rest = Math.min(bytes.length, at + skipped);
        broken.write(bytes, rest, bytes.length - rest);
        return broken.toByteArray();
    }
}
