package io.penstock.page.detect;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.error.BadAnswer.UnexpectedContent;
import io.penstock.record.Pointer;
import java.util.ArrayList;
import java.util.List;

/** Tells from a first answer where the records are, when nobody has said. */
public final class RecordsDetector {

    private static final int DEEPEST = 3;

    private RecordsDetector() {}

    /**
     * Where the records are: the root if it is an array; else the one array of objects, or the one array at all, that lies
     * least deep, at most three names down; else the root object as one record.
     *
     * @param document the first answer, JSON
     * @throws UnexpectedContent if several arrays could be meant, naming them
     * @throws io.penstock.error.BadAnswer.MalformedPayload if it is not JSON
     */
    public static Pointer detect(byte[] document) {
        JsonNode root = FirstAnswer.tree(document);
        if (!root.isObject()) {
            return Pointer.ROOT;
        }
        List<Pointer> level = List.of(Pointer.ROOT);
        for (int depth = 0; depth < DEEPEST; depth++) {
            List<Pointer> arrays = children(root, level, true);
            if (!arrays.isEmpty()) {
                return choose(root, arrays);
            }
            level = children(root, level, false);
        }
        return Pointer.ROOT;
    }

    /** The arrays, or the objects, one step below the objects at {@code parents}. */
    private static List<Pointer> children(JsonNode root, List<Pointer> parents, boolean arrays) {
        List<Pointer> children = new ArrayList<>();
        for (Pointer parent : parents) {
            root.at(parent.toString()).properties().forEach(field -> {
                if (arrays ? field.getValue().isArray() : field.getValue().isObject()) {
                    children.add(parent.child(field.getKey()));
                }
            });
        }
        return children;
    }

    private static Pointer choose(JsonNode root, List<Pointer> arrays) {
        List<Pointer> ofObjects = arrays.stream()
                .filter(pointer -> root.at(pointer.toString()).path(0).isObject())
                .toList();
        List<Pointer> meant = ofObjects.isEmpty() ? arrays : ofObjects;
        if (meant.size() > 1) {
            throw new UnexpectedContent(
                    "the records could be at any of " + meant + ": say which in the stream's records");
        }
        return meant.get(0);
    }
}
