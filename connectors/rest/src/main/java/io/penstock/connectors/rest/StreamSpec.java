package io.penstock.connectors.rest;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Type;
import io.penstock.config.Types;
import io.penstock.message.Method;
import io.penstock.page.Paging;
import io.penstock.source.RecordPath;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a plan says of one stream. */
final class StreamSpec {

    /** Methods that can be said to read. */
    enum Reading {
        GET,
        POST
    }

    private static final Setting<Template> PATH = Setting.required(
            "path",
            "The path below base_url, starting with a slash; {name} in it is replaced by a value of the parent or slice.",
            Types.parsed("path such as /orders", Template::path));
    private static final Setting<Reading> METHOD = Setting.of(
            "method", "How it is asked: get, or post for searches and GraphQL.", Types.oneOf(Reading.class), "get");
    private static final Setting<Map<String, Template>> PARAMS = Setting.of(
            "params",
            "Query parameters; {name} as in path.",
            Types.mapOf(Types.parsed("text", Template::text)),
            Map.of());
    private static final Setting<Object> BODY =
            Setting.optional("body", "The JSON body of a post; {name} in its texts as in path.", JsonType.ANY);
    private static final Setting<RecordPath> RECORDS = Setting.optional(
            "records",
            "JSON Pointer to the array of records, such as /data/items; /data/edges/*/node for records inside elements; "
                    + "\"\" for the whole document. By default the one array found in the first answer, else the document.",
            Types.parsed("JSON Pointer such as /data/items", RecordPath::of));
    private static final Setting<List<String>> KEY =
            Setting.of("key", "Top-level field or fields that name a record.", Types.listOf(Types.text()), List.of());
    private static final Setting<String> DELETED = Setting.optional(
            "deleted", "Top-level field that is true in a record whose only message is that it is gone.", Types.text());
    private static final Setting<String> SCHEMA = Setting.optional(
            "schema",
            "JSON Schema of one record; by default what the first page shows, widened as records demand.",
            JsonType.schemaText());
    private static final Setting<Paging> PAGING = Setting.optional(
            "paging",
            "How the next page is found: cursor, offset, page, link, next_url or none. By default found out from the "
                    + "first answer.",
            new PagingType());
    private static final Setting<IncrementalSpec> INCREMENTAL =
            Setting.optional("incremental", "Reads only what has changed since the last run.", IncrementalSpec.TYPE);
    private static final Setting<ParentSpec> PARENT = Setting.optional(
            "parent",
            "Reads once for each record of another stream: its name under stream, and under any other name a JSON Pointer "
                    + "to the value that {name} stands for.",
            ParentSpec.TYPE);
    private static final Setting<SlicePlan> SLICES = Setting.optional(
            "slices",
            "Divides the stream into parts read side by side: a list of values for {slice}, a list under another name, or "
                    + "date windows as { from, to, step, as: { start, end } }.",
            SlicePlan.TYPE);

    private static final List<Setting<?>> ALL =
            List.of(PATH, METHOD, PARAMS, BODY, RECORDS, KEY, DELETED, SCHEMA, PAGING, INCREMENTAL, PARENT, SLICES);

    /** A stream as a mapping. */
    static final Type<StreamSpec> TYPE = Types.object(ALL, StreamSpec::new);

    private final Config config;

    private StreamSpec(Config config) {
        this.config = config;
        if (config.has(BODY) && config.value(METHOD) != Reading.POST) {
            throw new IllegalArgumentException("a body goes with a post: add method: post");
        }
    }

    Template path() {
        return config.value(PATH);
    }

    Method method() {
        return config.value(METHOD) == Reading.POST ? Method.POST : Method.GET;
    }

    Map<String, Template> params() {
        return config.value(PARAMS);
    }

    Optional<Object> body() {
        return config.optional(BODY);
    }

    Optional<RecordPath> records() {
        return config.optional(RECORDS);
    }

    List<String> key() {
        return config.value(KEY);
    }

    Optional<String> deleted() {
        return config.optional(DELETED);
    }

    Optional<String> schemaText() {
        return config.optional(SCHEMA);
    }

    Optional<Paging> paging() {
        return config.optional(PAGING);
    }

    Optional<IncrementalSpec> incremental() {
        return config.optional(INCREMENTAL);
    }

    Optional<ParentSpec> parent() {
        return config.optional(PARENT);
    }

    SlicePlan slices() {
        return config.optional(SLICES).orElse(SlicePlan.UNDIVIDED);
    }

    /** The names that its templates may use. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>(slices().names());
        parent().ifPresent(parent -> names.addAll(parent.bindings().keySet()));
        incremental().flatMap(IncrementalSpec::start).ifPresent(start -> names.add(IncrementalSpec.SINCE));
        return names;
    }

    /** The names that its templates do use. */
    Set<String> placeholders() {
        Set<String> used = new LinkedHashSet<>(path().names());
        params().values().forEach(param -> used.addAll(param.names()));
        body().ifPresent(body -> used.addAll(BodyTemplate.names(body)));
        return used;
    }
}
