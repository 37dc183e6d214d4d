package io.penstock.runner.mapping.value;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object whose fields can be changed, in the order written. */
public final class Fields implements Value {

    private final Map<String, Value> members = new LinkedHashMap<>();

    /** The object that {@code bytes} hold from {@code from} to {@code to}, exclusive. */
    public static Fields of(byte[] bytes, int from, int to) {
        Fields fields = new Fields();
        int at = JsonWalk.skipBlank(bytes, JsonWalk.skipBlank(bytes, from) + 1);
        while (bytes[at] == '"') {
            int nameEnd = JsonWalk.endOfText(bytes, at);
            String name = Raw.unquoted(bytes, at, nameEnd);
            int value = JsonWalk.skipBlank(bytes, JsonWalk.skipBlank(bytes, nameEnd) + 1);
            int valueEnd = JsonWalk.endOfValue(bytes, value, to);
            fields.members.put(name, new Raw(bytes, value, valueEnd));
            at = JsonWalk.skipBlank(bytes, valueEnd);
            at = bytes[at] == ',' ? JsonWalk.skipBlank(bytes, at + 1) : at;
        }
        return fields;
    }

    /** The fields and their values; changing the map changes the object. */
    public Map<String, Value> members() {
        return members;
    }

    /** The value of a field, opened so that its inside can be changed; null if there is no such field. */
    public @Nullable Value open(String name) {
        return members.computeIfPresent(name, (same, value) -> value.opened());
    }

    @Override
    public void write(ByteArrayOutputStream out) {
        out.write('{');
        boolean first = true;
        for (Map.Entry<String, Value> member : members.entrySet()) {
            if (!first) {
                out.write(',');
            }
            first = false;
            Raw.text(member.getKey()).write(out);
            out.write(':');
            member.getValue().write(out);
        }
        out.write('}');
    }

    @Override
    public Value opened() {
        return this;
    }
}
