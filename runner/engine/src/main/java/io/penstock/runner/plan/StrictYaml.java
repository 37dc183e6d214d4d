package io.penstock.runner.plan;

import io.penstock.runner.plan.Node.Mark;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML document of plain values from untrusted text, within fixed bounds.
 *
 * <p>Works on the parser's events, so that every bound holds before anything is built.
 */
final class StrictYaml {

    private static final int LARGEST = 1 << 20;
    private static final int DEEPEST = 50;
    private static final int MOST_ALIASES = 50;
    private static final long MOST_NODES = 100_000;

    private final Iterator<Event> events;
    private final Map<Anchor, Node> anchors = new HashMap<>();
    private final Deque<Anchor> open = new ArrayDeque<>();
    private int aliases;

    private StrictYaml(Iterator<Event> events) {
        this.events = events;
    }

    /**
     * Reads the only document of {@code text}.
     *
     * @throws YamlProblem at the first thing that is not allowed
     */
    static Node read(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > LARGEST) {
            throw new YamlProblem(new Mark(1, 1), "a file holds at most " + LARGEST + " bytes of text: split it");
        }
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(LARGEST).build();
        try {
            return new StrictYaml(new Parse(settings).parseString(text).iterator()).document();
        } catch (MarkedYamlEngineException broken) {
            throw new YamlProblem(
                    broken.getProblemMark().map(StrictYaml::mark).orElse(new Mark(1, 1)),
                    "this is not YAML: " + broken.getProblem());
        } catch (YamlEngineException broken) {
            throw new YamlProblem(new Mark(1, 1), "this is not YAML: " + broken.getMessage());
        }
    }

    private Node document() {
        events.next(); // the stream's start
        Event start = events.next();
        if (!(start instanceof DocumentStartEvent)) {
            throw new YamlProblem(mark(start), "the file is empty: expected a mapping with connections");
        }
        Node root = node(events.next(), 1);
        events.next(); // the document's end
        Event end = events.next();
        if (end instanceof DocumentStartEvent) {
            throw new YamlProblem(
                    mark(end), "a file holds one document: remove this one or put it in a file of its own");
        }
        return root;
    }

    private Node node(Event event, int depth) {
        if (depth > DEEPEST) {
            throw new YamlProblem(mark(event), "nested deeper than " + DEEPEST + " levels");
        }
        if (event instanceof AliasEvent alias) {
            return aliased(alias);
        }
        Anchor anchor = ((NodeEvent) event).getAnchor().orElse(null);
        if (anchor != null) {
            open.push(anchor);
        }
        Node node = content(event, depth);
        if (anchor != null) {
            open.pop();
            anchors.put(anchor, node);
        }
        if (node.size() > MOST_NODES) {
            throw new YamlProblem(
                    mark(event), "grows to more than " + MOST_NODES + " values when its aliases are followed");
        }
        return node;
    }

    private Node content(Event event, int depth) {
        if (event instanceof ScalarEvent scalar) {
            refuseTag(scalar.getTag().orElse(null), event);
            return new Node.Scalar(
                    mark(event), scalar.isPlain() ? Scalars.plain(scalar.getValue()) : scalar.getValue());
        }
        refuseTag(((CollectionStartEvent) event).getTag().orElse(null), event);
        return event instanceof MappingStartEvent ? mapping(event, depth) : listing(event, depth);
    }

    private Node listing(Event start, int depth) {
        List<Node> items = new ArrayList<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.SequenceEnd; next = events.next()) {
            items.add(node(next, depth + 1));
        }
        return Node.Listing.of(mark(start), items);
    }

    private Node mapping(Event start, int depth) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        for (Event key = events.next(); key.getEventId() != Event.ID.MappingEnd; key = events.next()) {
            String name = name(key);
            if (entries.containsKey(name)) {
                throw new YamlProblem(mark(key), "the key " + name + " is given twice: keep one");
            }
            entries.put(name, new Node.Entry(mark(key), node(events.next(), depth + 1)));
        }
        return Node.Mapping.of(mark(start), entries);
    }

    private static String name(Event key) {
        if (!(key instanceof ScalarEvent scalar)) {
            throw new YamlProblem(mark(key), "a key is plain text, not a list, mapping or alias");
        }
        refuseTag(scalar.getTag().orElse(null), key);
        if (scalar.isPlain() && scalar.getValue().equals("<<")) {
            throw new YamlProblem(
                    mark(key), "merge keys (<<) are not supported: write the settings out, or use profiles");
        }
        return scalar.getValue();
    }

    private Node aliased(AliasEvent alias) {
        Anchor anchor = alias.getAlias();
        aliases++;
        if (aliases > MOST_ALIASES) {
            throw new YamlProblem(mark(alias), "more than " + MOST_ALIASES + " aliases");
        }
        Node node = anchors.get(anchor);
        if (open.contains(anchor) || node == null) {
            throw new YamlProblem(
                    mark(alias),
                    open.contains(anchor)
                            ? "the alias *" + anchor + " refers to something that it is itself a part of"
                            : "the alias *" + anchor + " refers to nothing above it");
        }
        return node;
    }

    private static void refuseTag(@Nullable Object tag, Event at) {
        if (tag != null) {
            throw new YamlProblem(mark(at), "tags such as " + tag + " are not allowed: write a plain value");
        }
    }

    private static Mark mark(Event event) {
        return event.getStartMark().map(StrictYaml::mark).orElse(new Mark(1, 1));
    }

    private static Mark mark(org.snakeyaml.engine.v2.exceptions.Mark mark) {
        return new Mark(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
