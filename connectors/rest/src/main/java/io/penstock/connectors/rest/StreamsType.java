package io.penstock.connectors.rest;

import io.penstock.config.Nearest;
import io.penstock.config.Type;
import io.penstock.config.Types;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All streams of a source, judged together: parents that exist, no circles, placeholders that somebody fills. */
final class StreamsType implements Type<Map<String, StreamSpec>> {

    private static final Type<Map<String, StreamSpec>> EACH = Types.mapOf(StreamSpec.TYPE);

    @Override
    public @Nullable Map<String, StreamSpec> read(Object raw, Place at) {
        Map<String, StreamSpec> streams = EACH.read(raw, at);
        if (streams == null) {
            return null;
        }
        if (streams.isEmpty()) {
            at.problem("is empty: name at least one stream, such as { orders: { path: /orders } }");
            return null;
        }
        int before = at.problems().all().size();
        streams.forEach((name, spec) -> judge(name, spec, streams, at.child(name)));
        return at.problems().all().size() == before ? streams : null;
    }

    private static void judge(String name, StreamSpec spec, Map<String, StreamSpec> streams, Place at) {
        Set<String> known = spec.names();
        for (String used : spec.placeholders()) {
            if (!known.contains(used)) {
                at.problem("{" + used + "} is filled by nothing" + Nearest.hint(used, known)
                        + (known.isEmpty() ? ": bind it under parent or slices" : ""));
            }
        }
        spec.parent().ifPresent(parent -> judgeParent(name, parent, streams, at.child("parent.stream")));
        spec.incremental()
                .filter(incremental ->
                        incremental.param().isEmpty() && !spec.placeholders().contains(IncrementalSpec.SINCE))
                .ifPresent(incremental -> at.child("incremental")
                        .problem("the value is sent nowhere: name the query parameter under param, or give a start and "
                                + "put {since} into params or body"));
    }

    private static void judgeParent(String name, ParentSpec parent, Map<String, StreamSpec> streams, Place at) {
        if (!streams.containsKey(parent.stream())) {
            at.problem("there is no stream " + parent.stream() + Nearest.hint(parent.stream(), streams.keySet()));
        } else if (circular(name, streams)) {
            at.problem("the parents of " + name + " lead back to it: a stream cannot be its own parent");
        }
    }

    private static boolean circular(String name, Map<String, StreamSpec> streams) {
        Set<String> passed = new HashSet<>();
        Optional<String> at = Optional.of(name);
        while (at.isPresent() && passed.add(at.get())) {
            at = Optional.ofNullable(streams.get(at.get()))
                    .flatMap(StreamSpec::parent)
                    .map(ParentSpec::stream);
        }
        return at.filter(name::equals).isPresent();
    }

    @Override
    public String words() {
        return "mapping of stream names to their settings";
    }

    @Override
    public Map<String, Object> schema() {
        return EACH.schema();
    }
}
