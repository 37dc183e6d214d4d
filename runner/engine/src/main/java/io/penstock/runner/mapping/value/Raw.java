package io.penstock.runner.mapping.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A value as the bytes it was written with. Immutable. */
public final class Raw implements Value {

    /** JSON null. */
    public static final Raw NULL = Raw.of("null");

    /** What a record may hold was judged when it came. */
    public static final StreamReadConstraints JUDGED = StreamReadConstraints.builder()
            .maxStringLength(Integer.MAX_VALUE)
            .maxNumberLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .build();

    private static final JsonMapper JSON = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(JUDGED).build())
            .build();

    private final byte[] bytes;
    private final int from;
    private final int to;

    Raw(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    /** A value of valid JSON. */
    public static Raw of(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new Raw(bytes, 0, bytes.length);
    }

    /** A string. */
    public static Raw text(String text) {
        byte[] inside = JsonStringEncoder.getInstance().quoteAsUTF8(text);
        byte[] bytes = new byte[inside.length + 2];
        bytes[0] = '"';
        System.arraycopy(inside, 0, bytes, 1, inside.length);
        bytes[bytes.length - 1] = '"';
        return new Raw(bytes, 0, bytes.length);
    }

    /** {@code value} as it would be written now. */
    public static Raw written(Value value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        value.write(out);
        return new Raw(out.toByteArray(), 0, out.size());
    }

    /** A plain value of a plan: text, number, boolean, list or mapping. */
    public static Raw plain(Object value) {
        try {
            return of(JSON.writeValueAsString(value));
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException("expected text, a number, true, false, a list or a mapping", unwritable);
        }
    }

    /** Which kind of value it is. */
    public Kind kind() {
        return switch (bytes[from]) {
            case '"' -> Kind.STRING;
            case '{' -> Kind.OBJECT;
            case '[' -> Kind.ARRAY;
            case 't', 'f' -> Kind.BOOLEAN;
            case 'n' -> Kind.NULL;
            default -> Kind.NUMBER;
        };
    }

    /** Its JSON, as written. */
    public String json() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** The text of a string, without quotes and escapes; of everything else its JSON. */
    public String text() {
        return kind() == Kind.STRING ? unquoted(bytes, from, to) : json();
    }

    /** The text between the quotes at both ends. */
    static String unquoted(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\\') {
                return unescaped(new String(bytes, from, to - from, StandardCharsets.UTF_8));
            }
        }
        return new String(bytes, from + 1, to - from - 2, StandardCharsets.UTF_8);
    }

    private static String unescaped(String quoted) {
        try {
            return JSON.readValue(quoted, String.class);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("records are valid JSON", impossible);
        }
    }

    @Override
    public void write(ByteArrayOutputStream out) {
        out.write(bytes, from, to - from);
    }

    @Override
    public Value opened() {
        return switch (kind()) {
            case OBJECT -> Fields.of(bytes, from, to);
            case ARRAY -> Items.of(bytes, from, to);
            default -> this;
        };
    }

    /** The kinds of values there are, with the names of JSON Schema. */
    public enum Kind {
        /** {@code null}. */
        NULL,
        /** {@code true} or {@code false}. */
        BOOLEAN,
        /** A number of any size. */
        NUMBER,
        /** A text. */
        STRING,
        /** An object. */
        OBJECT,
        /** An array. */
        ARRAY
    }
}
