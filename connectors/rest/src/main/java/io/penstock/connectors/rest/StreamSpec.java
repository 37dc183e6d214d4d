package io.penstock.connectors.rest;

import io.penstock.auth.Credential;
import io.penstock.auth.setting.AuthSettings;
import io.penstock.client.Pages;
import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Type;
import io.penstock.config.Types;
import io.penstock.decode.format.Format;
import io.penstock.message.Method;
import io.penstock.page.Paging;
import io.penstock.page.TokenExpiry;
import io.penstock.page.WalkLimits;
import io.penstock.record.Resume;
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

    /** What an answer with status 404 means. */
    enum NotFound {
        FAIL,
        EMPTY,
        SKIP
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
    private static final Setting<NotFound> NOT_FOUND = Setting.of(
            "not_found",
            "What a 404 means: fail; empty, where the API says so of a list without records or behind the last page; or skip, as empty"
                    + " but with a warning, for what may be gone by the time it is read.",
            Types.oneOf(NotFound.class),
            "fail");
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

    private static final Setting<Integer> READ_AHEAD = Setting.of(
            "read_ahead",
            "Pages asked for side by side where they are numbered (paging offset or page); 1 for one after the other, auto for "
                    + "as many as the limits let through. With auto, pages without numbers follow as soon as the address of "
                    + "the next has been seen.",
            PagingType.AHEAD,
            1);
    private static final Setting<Long> MAX_PAGES = Setting.of(
            "max_pages",
            "Pages after which a walk is taken for an endless one.",
            Types.integer(1, Long.MAX_VALUE),
            WalkLimits.DEFAULT.pages());
    private static final Setting<Long> MAX_RECORDS = Setting.optional(
            "max_records", "Records after which a walk is taken for an endless one.", Types.integer(1, Long.MAX_VALUE));
    private static final Setting<TokenExpiry> TOKEN_EXPIRED = Setting.optional(
            "token_expired",
            "How the API says that it no longer knows a page token: its status (by default 410) and the code in the body.",
            PagingType.EXPIRY);

    private static final Setting<Boolean> ALLOW_PARTIAL = Setting.of(
            "allow_partial",
            "Whether records are taken from an answer that has errors beside its data, as GraphQL sends it; what the errors hide"
                    + " is then missing.",
            Types.bool(),
            false);
    private static final Setting<BodyFormat> FORMAT = Setting.optional(
            "format",
            "What bodies are, if not plain JSON: json, ndjson, csv or xml, or a mapping with more to say of it.",
            BodyFormat.TYPE);

    private static final Setting<Credential> AUTH = Setting.optional(
            "auth", "The credential of this stream, instead of the source's; as there.", AuthSettings.TYPE);

    private static final List<Setting<?>> ALL = List.of(
            PATH,
            METHOD,
            PARAMS,
            BODY,
            RECORDS,
            FORMAT,
            AUTH,
            KEY,
            DELETED,
            SCHEMA,
            NOT_FOUND,
            PAGING,
            READ_AHEAD,
            MAX_PAGES,
            MAX_RECORDS,
            ALLOW_PARTIAL,
            TOKEN_EXPIRED,
            INCREMENTAL,
            PARENT,
            SLICES);

    /** A stream as a mapping. */
    static final Type<StreamSpec> TYPE = Types.object(ALL, StreamSpec::new);

    private final Config config;

    private StreamSpec(Config config) {
        this.config = config;
        if (config.has(BODY) && config.value(METHOD) != Reading.POST) {
            throw new IllegalArgumentException("a body goes with a post: add method: post");
        }
        if (config.value(READ_AHEAD) > 1
                && paging().map(Paging::numbered).filter(yes -> yes).isEmpty()) {
            throw new IllegalArgumentException(
                    "read_ahead needs pages with numbers: say paging: offset or paging: page, or read_ahead: auto");
        }
        if (config.has(PARENT) && incremental().filter(IncrementalSpec::ordered).isPresent()) {
            throw new IllegalArgumentException(
                    "children of several parents come side by side, in no order: leave ordered out");
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

    /** What bodies are, where the plan says so. */
    Optional<Format> format() {
        return config.optional(FORMAT).map(BodyFormat::format);
    }

    List<String> key() {
        return config.value(KEY);
    }

    /** Another credential than the source's. */
    Optional<Credential> auth() {
        return config.optional(AUTH);
    }

    Optional<String> deleted() {
        return config.optional(DELETED);
    }

    Optional<String> schemaText() {
        return config.optional(SCHEMA);
    }

    NotFound notFound() {
        return config.value(NOT_FOUND);
    }

    Optional<Paging> paging() {
        return config.optional(PAGING);
    }

    /** {@code pages} with what the plan says about walks. */
    Pages bounded(Pages pages) {
        Pages within = pages.within(new WalkLimits(
                        config.value(MAX_PAGES), config.optional(MAX_RECORDS).orElse(Long.MAX_VALUE)))
                .expiring(config.optional(TOKEN_EXPIRED).orElse(TokenExpiry.DEFAULT));
        Pages whole = config.value(ALLOW_PARTIAL) ? within.allowPartial() : within;
        int ahead = config.value(READ_AHEAD);
        return ahead == PagingType.AS_ALLOWED ? whole.aheadAsAllowed() : whole.ahead(ahead);
    }

    /** How far a broken-off read can be taken up again. */
    Resume resume() {
        return incremental().filter(IncrementalSpec::ordered).isPresent() ? Resume.RECORD_CURSOR : Resume.NONE;
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
