package io.penstock.record;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which top-level fields the records of a batch have, and which kinds of value were seen in each.
 *
 * <p>It falls out of the pass that finds the records, so that a sink sees a new field or a changed type without reading a
 * record again. Immutable.
 *
 * @param fields field name to a set of kinds, as the sum of the {@code KIND} bits; in the order first seen
 */
public record Shape(Map<String, Integer> fields) {

    /** JSON null. */
    public static final int NULL = 1;
    /** {@code true} or {@code false}. */
    public static final int BOOLEAN = 2;
    /** An integer that fits in 64 signed bits. */
    public static final int LONG = 4;
    /** An integer beyond 64 bits. */
    public static final int BIG_INTEGER = 8;
    /** A number with a fraction or an exponent. */
    public static final int DECIMAL = 16;
    /** A string. */
    public static final int TEXT = 32;
    /** An object. */
    public static final int OBJECT = 64;
    /** An array. */
    public static final int ARRAY = 128;
    /** The record itself is not an object; seen under the empty name. */
    public static final int NOT_AN_OBJECT = 256;

    /** Nothing seen yet. */
    public static final Shape EMPTY = new Shape(Map.of());

    /** Copies the map, keeping its order. */
    public Shape {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** What both have seen together. */
    public Shape and(Shape other) {
        if (other.fields.isEmpty() || other.equals(this)) {
            return this;
        }
        Map<String, Integer> both = new LinkedHashMap<>(fields);
        other.fields.forEach((name, kinds) -> both.merge(name, kinds, (a, b) -> a | b));
        return new Shape(both);
    }
}
