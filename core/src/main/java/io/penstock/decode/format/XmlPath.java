package io.penstock.decode.format;

import io.penstock.error.BadAnswer.UnexpectedContent;
import io.penstock.record.Pointer;
import io.penstock.record.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows the pointers along an XML document: which elements are records, which texts to keep. */
final class XmlPath {

    private static final int MOST_SHOWN = 20;

    private final Pointer records;
    private final List<String> steps;
    private final Set<Pointer> captures;
    private final Map<Pointer, String> values = new HashMap<>();
    private final List<String> open = new ArrayList<>();
    private final Set<String> shown = new LinkedHashSet<>();
    private @Nullable StringBuilder capturing;
    private int matched;
    private int furthest;
    private boolean found;

    XmlPath(Pointer records, Set<Pointer> captures) {
        this.records = records;
        this.steps = records.depth() == 0 ? List.of("*") : records.segments();
        this.captures = captures;
    }

    int depth() {
        return open.size();
    }

    /** An element outside of records starts; says whether it is a record. */
    boolean opened(String name) {
        if (matched == open.size() && matched < steps.size()) {
            note(name);
            String step = steps.get(matched);
            matched += step.equals("*") || step.equals(name) ? 1 : 0;
        }
        open.add(name);
        if (matched > furthest) {
            furthest = matched;
            shown.clear();
        }
        boolean record = matched == steps.size() && open.size() == matched;
        found |= record;
        capturing = !record && captures.contains(new Pointer(open)) ? new StringBuilder() : null;
        return record;
    }

    private void note(String name) {
        if (matched == furthest && shown.size() < MOST_SHOWN) {
            shown.add(name.length() <= 64 ? name : name.substring(0, 64) + "...");
        }
    }

    /** An attribute of the element that was opened last. */
    void attribute(String name, String value) {
        Pointer at = new Pointer(open).child("@" + name);
        if (captures.contains(at)) {
            values.put(at, value);
        }
    }

    /** Whether anybody asks for attributes. */
    boolean captures() {
        return !captures.isEmpty();
    }

    /** Text outside of records. */
    void text(String piece) {
        if (capturing != null) {
            capturing.append(piece);
        }
    }

    /** The element that was opened last ends. */
    void closed() {
        if (capturing != null) {
            String text = capturing.toString().strip();
            if (!text.isEmpty()) {
                values.put(new Pointer(open), text);
            }
            capturing = null;
        }
        open.remove(open.size() - 1);
        matched = Math.min(matched, open.size());
    }

    Values values() {
        return values.isEmpty() ? Values.NONE : new Values(values);
    }

    /**
     * Judges a document that ended well: an empty list of records is none, but no list at all is a wrong pointer.
     *
     * @throws UnexpectedContent if it has nothing where the records should be
     */
    void requireRecords() {
        if (!found && (furthest < steps.size() - 1 || steps.size() == 1)) {
            String here = furthest == 0 ? "the document" : "/" + String.join("/", steps.subList(0, furthest));
            throw new UnexpectedContent("no element at " + records + "; " + here + " has: " + String.join(", ", shown)
                    + ": point to the elements that are the records");
        }
    }
}
