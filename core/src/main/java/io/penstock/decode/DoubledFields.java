package io.penstock.decode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds, in a valid record, the fields whose name comes again in the same object; exact, and only for records in doubt. */
final class DoubledFields {

    private final byte[] bytes;
    private final Deque<Level> levels = new ArrayDeque<>();
    private final List<Field> dropped = new ArrayList<>();

    private DoubledFields(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Start and end of each superseded field with the comma behind it, in order, none inside another. */
    static int[] in(byte[] bytes, int from, int to) {
        DoubledFields doubled = new DoubledFields(bytes);
        int p = from;
        while (p < to) {
            p = doubled.token(p);
        }
        return doubled.outermost();
    }

    private int token(int p) {
        switch (bytes[p]) {
            case '{' -> levels.push(new Level(true));
            case '[' -> levels.push(new Level(false));
            case '}', ']' -> levels.pop();
            case ',' -> levels.element().nameDue = levels.element().object;
            case '"' -> {
                return text(p);
            }
            default -> {} // inside a number or a literal, white space, or a colon
        }
        return p + 1;
    }

    private int text(int quote) {
        int close = quote + 1;
        while (bytes[close] != '"') {
            close += bytes[close] == '\\' ? 2 : 1;
        }
        Level level = levels.peek();
        if (level != null && level.nameDue) {
            level.nameDue = false;
            name(level, Texts.decoded(bytes, quote + 1, close), quote);
        }
        return close + 1;
    }

    private void name(Level level, String name, int start) {
        if (level.open != null) {
            level.open.end = start;
        }
        level.open = new Field(start);
        Field before = level.fields.put(name, level.open);
        if (before != null) {
            dropped.add(before);
        }
    }

    private int[] outermost() {
        dropped.sort(Comparator.comparingInt(field -> field.start));
        int[] ranges = new int[2 * dropped.size()];
        int n = 0;
        for (Field field : dropped) {
            if (n == 0 || field.start >= ranges[n - 1]) {
                ranges[n++] = field.start;
                ranges[n++] = field.end;
            }
        }
        return java.util.Arrays.copyOf(ranges, n);
    }

    private static final class Level {
        final boolean object;
        final Map<String, Field> fields = new HashMap<>();

        @Nullable Field open;

        boolean nameDue;

        Level(boolean object) {
            this.object = object;
            this.nameDue = object;
        }
    }

    private static final class Field {
        final int start;
        int end;

        Field(int start) {
            this.start = start;
        }
    }
}
