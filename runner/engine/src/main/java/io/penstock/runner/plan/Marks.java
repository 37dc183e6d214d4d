package io.penstock.runner.plan;

import io.penstock.runner.plan.Node.Entry;
import io.penstock.runner.plan.Node.Listing;
import io.penstock.runner.plan.Node.Mapping;
import io.penstock.runner.plan.Node.Mark;
import java.util.Map;

/** Finds where in a file a path of names and indexes stands. */
final class Marks {

    private Marks() {}

    /** The mark of {@code path}, or of the nearest thing around it that is there. */
    static Mark of(Node root, String path) {
        return find(root, root.mark(), path);
    }

    private static Mark find(Node node, Mark here, String path) {
        if (node instanceof Mapping mapping) {
            for (Map.Entry<String, Entry> member : mapping.entries().entrySet()) {
                if (leads(member.getKey(), path)) {
                    Entry entry = member.getValue();
                    return find(entry.value(), entry.key(), rest(member.getKey(), path));
                }
            }
        } else if (node instanceof Listing list) {
            for (int i = 0; i < list.items().size(); i++) {
                if (leads(Integer.toString(i), path)) {
                    Node item = list.items().get(i);
                    return find(item, item.mark(), rest(Integer.toString(i), path));
                }
            }
        }
        return here;
    }

    /** Names may hold dots, so the path is followed name by name and not cut at dots. */
    private static boolean leads(String name, String path) {
        return path.equals(name) || path.startsWith(name + ".");
    }

    private static String rest(String name, String path) {
        return path.length() == name.length() ? "" : path.substring(name.length() + 1);
    }
}
