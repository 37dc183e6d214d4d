package io.penstock.decode;

import io.penstock.error.BadAnswer.UnexpectedContent;
import io.penstock.record.Pointer;
import io.penstock.record.Shape;
import io.penstock.record.Values;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows the pointers along the document: where the records are, which values to keep.
 *
 * <p>Depth counts the containers around a value; the root has depth 0.
 */
final class Watch {

    private static final byte[] NOTHING = new byte[0];
    private static final int NOWHERE = Integer.MAX_VALUE / 2;

    private final Where where;
    private final Pointer records;
    private final PathNode root;
    private final DecodeLimits limits;
    private final @Nullable PathNode[] nodes;
    private final Map<Pointer, String> values = new HashMap<>();
    private @Nullable Values shown = Values.NONE;
    private byte[] bytes = NOTHING;
    private @Nullable PathNode named;
    private int recordsDepth = NOWHERE;
    private boolean single;
    private boolean found;
    private boolean lines;

    private Watch(Where where, Pointer records, PathNode root, int height, DecodeLimits limits) {
        this.where = where;
        this.records = records;
        this.root = root;
        this.limits = limits;
        this.nodes = new PathNode[height + 3];
    }

    /** Looks for the array, or the one object, at {@code records}. */
    static Watch document(Where where, Pointer records, Set<Pointer> captures, DecodeLimits limits) {
        int height = records.depth();
        for (Pointer capture : captures) {
            height = Math.max(height, capture.depth());
        }
        return new Watch(where, records, PathNode.tree(records, captures), height, limits);
    }

    /** Takes every value at the root for a record, one after another. */
    static Watch lines(Where where, DecodeLimits limits) {
        Watch watch = new Watch(where, Pointer.ROOT, PathNode.none(), 0, limits);
        watch.lines = true;
        watch.recordsDepth = 0;
        watch.found = true;
        return watch;
    }

    /** Another document begins. */
    void reset() {
        if (lines) {
            return;
        }
        Arrays.fill(nodes, null);
        values.clear();
        shown = Values.NONE;
        named = null;
        recordsDepth = NOWHERE;
        single = false;
        found = false;
        bytes = NOTHING;
        root.reset();
    }

    void in(byte[] array) {
        bytes = array;
    }

    /** How deep records lie at present; more than any depth if no record can come here. */
    int recordsDepth() {
        return recordsDepth;
    }

    Values values() {
        if (shown == null) {
            shown = new Values(values);
        }
        return shown;
    }

    /** The name of the field whose value comes next, in the object at {@code depth}. */
    void named(int depth, int from, int to, boolean escaped) {
        PathNode node = nodes[depth];
        named = node == null ? null : node.field(bytes, from, to, escaped);
        if (named != null && !named.enter()) {
            throw where.malformed(from, "the document has two values at " + named.pointer());
        }
    }

    /** A container starts; says whether values in it must be shown to this watch. */
    boolean opened(int depth, boolean inObject, int at, boolean object) {
        PathNode target = target(depth, inObject, object ? Shape.OBJECT : Shape.ARRAY);
        nodes[depth + 1] = target;
        if (target == null) {
            return false;
        }
        if (target.records()) {
            found = true;
            single = object;
            recordsDepth = object ? depth : depth + 1;
        }
        target.startsAt(at);
        return recordsDepth == depth + 1 || target.leadsOn();
    }

    /** The container that started at {@code depth} ends before {@code to}. */
    void closed(int depth, int to) {
        PathNode target = nodes[depth + 1];
        if (target != null && target.captured()) {
            if (to - target.start() > limits.recordBytes()) {
                throw where.tooMuch(target.start(), "the value at " + target.pointer() + " is too large to be kept");
            }
            keep(target, new String(bytes, target.start(), to - target.start(), StandardCharsets.UTF_8));
        }
        found |= target != null && target.hasNone(); // none of none is not a wrong pointer
        nodes[depth + 1] = null;
        if (depth == recordsDepth - 1 || (depth == recordsDepth && single)) {
            recordsDepth = NOWHERE;
            single = false;
        }
    }

    /** A value that is no container. */
    void scalar(int depth, boolean inObject, int from, int to, int kind) {
        PathNode target = target(depth, inObject, kind);
        if (target == null) {
            return;
        }
        if (target.records()) {
            requireNull(kind);
        }
        if (target.captured() && kind != Shape.NULL) {
            boolean quoted = kind == Shape.TEXT;
            keep(target, Texts.decoded(bytes, quoted ? from + 1 : from, quoted ? to - 1 : to));
        }
    }

    private @Nullable PathNode target(int depth, boolean inObject, int kind) {
        if (depth == 0) {
            return root;
        }
        PathNode node = nodes[depth];
        if (node == null) {
            return null;
        }
        PathNode target = inObject ? named : node.element();
        node.holds(kind);
        named = null;
        if (target != null) {
            target.enter();
        }
        return target;
    }

    private void requireNull(int kind) {
        if (kind != Shape.NULL) {
            throw new UnexpectedContent("expected an array or an object at " + place() + ", found a "
                    + PathNode.word(kind) + ": point to the array of records");
        }
        found = true;
    }

    private void keep(PathNode target, String text) {
        values.put(target.pointer(), text);
        shown = null;
    }

    /** The first byte that is still needed for a captured container, at most {@code before}. */
    int keepFrom(int depth, int before) {
        int from = before;
        for (int i = 1; i <= depth && i < nodes.length; i++) {
            PathNode node = nodes[i];
            if (node != null && node.captured()) {
                from = Math.min(from, node.start());
            }
        }
        return from;
    }

    void shift(int depth, int by) {
        for (int i = 1; i <= depth && i < nodes.length; i++) {
            PathNode node = nodes[i];
            if (node != null) {
                node.startsAt(node.start() - by);
            }
        }
    }

    /**
     * Judges a document that ended well.
     *
     * @throws UnexpectedContent if it has nothing where the records should be
     */
    void requireRecords() {
        if (!found) {
            throw new UnexpectedContent(
                    "no array at " + place() + "; " + root.shortfall() + ": point to the array of records");
        }
    }

    private String place() {
        return records.depth() == 0 ? "the root" : records.toString();
    }
}
