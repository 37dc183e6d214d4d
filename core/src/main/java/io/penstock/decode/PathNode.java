package io.penstock.decode;

import io.penstock.record.Pointer;
import io.penstock.record.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A place of the document that a pointer leads to or through; the scanner walks the tree of them along with the document. */
final class PathNode {

    /** The segment that stands for each element or field. */
    static final String EACH = "*";

    private static final int MOST_SHOWN = 20;
    private static final int LONGEST_SHOWN = 64;

    private final Pointer pointer;
    private final byte[] name;
    private final List<PathNode> children = new ArrayList<>(2);
    private @Nullable PathNode each;
    private boolean records;
    private boolean towardsRecords;
    private boolean captured;
    private boolean seen;
    private int start = -1;
    private int elements;
    private int shown;
    private byte[] @Nullable [] noted = new byte[0][];
    private int[] kinds = new int[0];

    private PathNode(Pointer pointer, String name) {
        this.pointer = pointer;
        this.name = name.getBytes(StandardCharsets.UTF_8);
    }

    /** The tree of all places that matter. */
    static PathNode tree(Pointer records, Set<Pointer> captures) {
        PathNode root = new PathNode(Pointer.ROOT, "");
        PathNode node = root;
        root.towardsRecords = true;
        for (String segment : records.segments()) {
            PathNode child = node.grow(segment);
            node.each = segment.equals(EACH) ? child : null;
            node = child;
            node.towardsRecords = true;
        }
        node.records = true;
        for (Pointer capture : captures) {
            PathNode leaf = root;
            for (String segment : capture.segments()) {
                leaf = leaf.grow(segment);
            }
            leaf.captured = true;
        }
        return root;
    }

    /** A tree without any place that matters. */
    static PathNode none() {
        return new PathNode(Pointer.ROOT, "");
    }

    private PathNode grow(String segment) {
        byte[] wanted = segment.getBytes(StandardCharsets.UTF_8);
        for (PathNode child : children) {
            if (Arrays.equals(child.name, wanted)) {
                return child;
            }
        }
        PathNode child = new PathNode(pointer.child(segment), segment);
        children.add(child);
        return child;
    }

    /** Another document begins. */
    void reset() {
        seen = false;
        start = -1;
        elements = 0;
        shown = 0;
        for (PathNode child : children) {
            child.reset();
        }
    }

    /** The child under the name between the quotes, if any pointer leads there. */
    @Nullable PathNode field(byte[] bytes, int from, int to, boolean escaped) {
        if (towardsRecords && !records && each == null && shown < MOST_SHOWN) {
            note(bytes, from, to);
        }
        if (escaped) {
            byte[] plain = Texts.decoded(bytes, from, to).getBytes(StandardCharsets.UTF_8);
            return child(plain, 0, plain.length);
        }
        return child(bytes, from, to);
    }

    private @Nullable PathNode child(byte[] bytes, int from, int to) {
        if (each != null) {
            each.forget();
            return each;
        }
        for (PathNode child : children) {
            if (Arrays.equals(child.name, 0, child.name.length, bytes, from, to)) {
                return child;
            }
        }
        return null;
    }

    /** The next element may have again what the one before it had. */
    private void forget() {
        seen = false;
        elements = 0;
        children.forEach(PathNode::forget);
    }

    private void note(byte[] bytes, int from, int to) {
        if (shown == noted.length) {
            noted = Arrays.copyOf(noted, Math.max(4, 2 * shown));
            kinds = Arrays.copyOf(kinds, noted.length);
        }
        byte[] before = noted[shown]; // of the last document, which mostly had the same
        if (before == null || !Arrays.equals(before, 0, before.length, bytes, from, to)) {
            noted[shown] = Arrays.copyOfRange(bytes, from, to);
        }
    }

    /** The child at the next index, if any pointer leads there. */
    @Nullable PathNode element() {
        int index = elements++;
        if (children.isEmpty() || each != null) {
            return each == null ? null : child(name, 0, 0);
        }
        byte[] decimal = Integer.toString(index).getBytes(StandardCharsets.US_ASCII);
        return field(decimal, 0, decimal.length, false);
    }

    /** A value of {@code kind} stands under the name or index that was asked for last. */
    void holds(int kind) {
        if (towardsRecords && !records && each == null && shown < MOST_SHOWN) {
            kinds[shown++] = kind;
        }
    }

    /** Notes that the document has this place; false if it has it a second time. */
    boolean enter() {
        boolean first = !seen;
        seen = true;
        return first;
    }

    /** A container stands here and starts at {@code at}. */
    void startsAt(int at) {
        start = at;
    }

    int start() {
        return start;
    }

    Pointer pointer() {
        return pointer;
    }

    /** Whether a star stands for what is in here, and nothing was. */
    boolean hasNone() {
        return each != null && !each.seen;
    }

    /** Whether a pointer leads further down from here. */
    boolean leadsOn() {
        return !children.isEmpty();
    }

    boolean records() {
        return records;
    }

    boolean captured() {
        return captured;
    }

    /** How far the document goes along the way to the records, in words for the person who has to mend the pointer. */
    String shortfall() {
        for (PathNode child : children) {
            if (child.towardsRecords && child.seen) {
                return child.shortfall();
            }
        }
        String here = pointer.depth() == 0 ? "the document" : pointer.toString();
        return shown == 0 ? here + " has no field" : here + " has: " + contents();
    }

    private String contents() {
        StringBuilder contents = new StringBuilder();
        for (int i = 0; i < shown; i++) {
            byte[] name = noted[i];
            String field = name == null ? "" : Texts.decoded(name, 0, name.length);
            contents.append(contents.isEmpty() ? "" : ", ")
                    .append(field.length() <= LONGEST_SHOWN ? field : field.substring(0, LONGEST_SHOWN) + "...")
                    .append(" (")
                    .append(word(kinds[i]))
                    .append(')');
        }
        return contents.toString();
    }

    /** The kind of a value in JSON's own words. */
    static String word(int kind) {
        return switch (kind) {
            case Shape.NULL -> "null";
            case Shape.BOOLEAN -> "boolean";
            case Shape.TEXT -> "string";
            case Shape.OBJECT -> "object";
            case Shape.ARRAY -> "array";
            default -> "number";
        };
    }
}
