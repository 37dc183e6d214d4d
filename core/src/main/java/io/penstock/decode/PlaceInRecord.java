package io.penstock.decode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** Finds out, once something is wrong, under which names and indexes that was; costs nothing before. */
final class PlaceInRecord {

    private static final int LONGEST = 64;

    private final Deque<String> path = new ArrayDeque<>();
    private final Deque<Integer> indexes = new ArrayDeque<>(); // -1 for an object

    private PlaceInRecord() {}

    /** The path, as a JSON Pointer, from the record that starts at {@code from} to {@code at}; all before {@code at} is valid. */
    static String path(byte[] bytes, int from, int at) {
        PlaceInRecord place = new PlaceInRecord();
        int p = from;
        while (p < Math.min(at, bytes.length)) {
            p = bytes[p] == '"' ? place.text(bytes, p, Math.min(at, bytes.length)) : place.mark(bytes[p], p);
        }
        StringBuilder text = new StringBuilder();
        for (Iterator<String> steps = place.path.descendingIterator(); steps.hasNext(); ) {
            text.append('/').append(steps.next());
        }
        return text.toString();
    }

    private int mark(byte b, int p) {
        switch (b) {
            case '{' -> enter("", -1);
            case '[' -> enter("0", 0);
            case '}', ']' -> leave();
            case ',' -> next();
            default -> {} // part of a number, a literal, white space, a colon
        }
        return p + 1;
    }

    private void enter(String step, int index) {
        path.push(step);
        indexes.push(index);
    }

    private void leave() {
        if (!path.isEmpty()) {
            path.pop();
            indexes.pop();
        }
    }

    private void next() {
        if (!path.isEmpty() && indexes.element() >= 0) {
            int index = indexes.pop() + 1;
            path.pop();
            enter(Integer.toString(index), index);
        }
    }

    private int text(byte[] bytes, int quote, int to) {
        int p = quote + 1;
        while (p < to && bytes[p] != '"') {
            p += bytes[p] == '\\' ? 2 : 1;
        }
        int close = Math.min(p, to);
        if (!indexes.isEmpty() && indexes.element() < 0 && isName(bytes, close + 1, to)) {
            path.pop();
            path.push(name(bytes, quote + 1, close));
        }
        return close + 1;
    }

    private static boolean isName(byte[] bytes, int from, int to) {
        int p = from;
        while (p < to && (bytes[p] == ' ' || bytes[p] == '\t' || bytes[p] == '\n' || bytes[p] == '\r')) {
            p++;
        }
        return p < to && bytes[p] == ':';
    }

    private static String name(byte[] bytes, int from, int to) {
        String name = new String(bytes, from, Math.min(to - from, LONGEST), StandardCharsets.UTF_8);
        return name.matches("[\\w.$@-]*") ? name : "(name)"; // odd names may be data
    }
}
