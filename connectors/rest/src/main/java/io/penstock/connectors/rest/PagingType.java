package io.penstock.connectors.rest;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Type;
import io.penstock.config.Types;
import io.penstock.page.OffsetPaging;
import io.penstock.page.PageNumbers;
import io.penstock.page.Paging;
import io.penstock.page.TokenExpiry;
import io.penstock.record.Pointer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the next page is found, as a plan says it: {@code link}, {@code none}, or a mapping with one style. */
final class PagingType implements Type<Paging> {

    private static final Setting<Pointer> AT =
            Setting.required("at", "JSON Pointer to the next cursor, such as /meta/next.", pointer());
    private static final Setting<Pointer> HAS_MORE =
            Setting.optional("has_more", "JSON Pointer to a flag that says whether there is more.", pointer());
    private static final Setting<String> CURSOR_PARAM =
            Setting.of("param", "Query parameter that takes the cursor.", Types.text(), "cursor");
    private static final Setting<Pointer> BODY =
            Setting.optional("body", "JSON Pointer to where the request's body takes the cursor.", pointer());

    private static final Setting<String> OFFSET_PARAM =
            Setting.of("param", "Query parameter that takes the offset.", Types.text(), "offset");
    private static final Setting<String> LIMIT_PARAM =
            Setting.of("limit_param", "Query parameter that takes the page size.", Types.text(), "limit");
    private static final Setting<Long> SIZE =
            Setting.of("size", "Records to ask for in one request.", Types.integer(1, 1_000_000), 100);

    private static final Setting<Long> OVERLAP = Setting.of(
            "overlap",
            "Records of each page that are read again with the next, against deletions in between; what comes twice is "
                    + "dropped by key.",
            Types.integer(0, 999_999),
            0);
    private static final Setting<Pointer> TOTAL = Setting.optional(
            "total",
            "JSON Pointer to the number of all records; when it changes between pages, page drift is reported.",
            pointer());

    private static final Setting<String> PAGE_PARAM =
            Setting.of("param", "Query parameter that takes the page number.", Types.text(), "page");
    private static final Setting<Long> FIRST = Setting.of("first", "Number of the first page.", Types.integer(0, 1), 1);
    private static final Setting<Pointer> HAS_NEXT =
            Setting.optional("has_next", "JSON Pointer to a flag that says whether there is more.", pointer());
    private static final Setting<Pointer> TOTAL_PAGES =
            Setting.optional("total_pages", "JSON Pointer to the number of pages.", pointer());

    private static final Setting<Paging> CURSOR = Setting.optional(
            "cursor",
            "A cursor in each answer, to be sent back.",
            Types.object(List.of(AT, CURSOR_PARAM, HAS_MORE, BODY), PagingType::cursor));
    private static final Setting<Paging> OFFSET = Setting.optional(
            "offset",
            "How many records to pass over; ends at an empty page.",
            Types.object(List.of(OFFSET_PARAM, LIMIT_PARAM, SIZE, OVERLAP, HAS_MORE, TOTAL), PagingType::offset));
    private static final Setting<Paging> PAGE = Setting.optional(
            "page",
            "Numbered pages; ends at an empty page, or where has_next or total_pages say so.",
            Types.object(List.of(PAGE_PARAM, FIRST, HAS_NEXT, TOTAL_PAGES, TOTAL), PagingType::page));
    private static final Setting<Pointer> NEXT_URL =
            Setting.optional("next_url", "JSON Pointer to the URL of the next page, such as /next.", pointer());
    private static final Setting<String> LINK =
            Setting.optional("link", "The Link header (RFC 8288); write paging: link.", Types.text());

    private static final Setting<List<Long>> STATUS = Setting.of(
            "status",
            "Statuses of an answer to a page token that say so.",
            Types.listOf(Types.integer(400, 499)),
            List.of(410L));
    private static final Setting<List<String>> CODE = Setting.of(
            "code",
            "Error codes in the body of a refusal that say so, such as expired_cursor.",
            Types.listOf(Types.text()),
            List.of());

    /** Stands for as many pages side by side as the limits let through. */
    static final int AS_ALLOWED = 0;

    /** How many numbered pages are asked for side by side. */
    static final Type<Integer> AHEAD = Types.parsed("whole number from 1 to 64, or auto", PagingType::ahead);

    private static int ahead(String text) {
        if (text.equals("auto")) {
            return AS_ALLOWED;
        }
        int pages = text.matches("[0-9]{1,2}") ? Integer.parseInt(text) : 0;
        if (pages < 1 || pages > 64) {
            throw new IllegalArgumentException("expected a whole number from 1 to 64 or auto, found '" + text + "'");
        }
        return pages;
    }

    /** How an API says that a page token has died, as a mapping. */
    static final Type<TokenExpiry> EXPIRY = Types.object(List.of(STATUS, CODE), PagingType::expiry);

    private static final Type<Paging> STYLES =
            Types.object(List.of(CURSOR, OFFSET, PAGE, NEXT_URL, LINK), PagingType::one);

    private static Type<Pointer> pointer() {
        return Types.parsed("JSON Pointer such as /meta/next", Pointer::of);
    }

    @Override
    public @Nullable Paging read(Object raw, Place at) {
        if (raw instanceof Map) {
            return STYLES.read(raw, at);
        }
        return switch (String.valueOf(raw)) {
            case "link" -> Paging.link();
            case "none" -> Paging.none();
            case "offset" -> STYLES.read(Map.of("offset", Map.of()), at);
            case "page" -> STYLES.read(Map.of("page", Map.of()), at);
            default -> {
                at.problem("expected " + words() + ", found '" + raw + "'");
                yield null;
            }
        };
    }

    private static Paging one(Config config) {
        long styles = List.of(CURSOR, OFFSET, PAGE, NEXT_URL, LINK).stream()
                .filter(config::has)
                .count();
        if (styles != 1) {
            throw new IllegalArgumentException(
                    "expected exactly one style of paging, found " + (styles == 0 ? "none" : styles + " of them")
                            + ": keep one of cursor, offset, page, link, next_url");
        }
        return config.optional(CURSOR)
                .or(() -> config.optional(OFFSET))
                .or(() -> config.optional(PAGE))
                .or(() -> config.optional(NEXT_URL).map(at -> Paging.nextUrl(at.toString())))
                .orElseGet(Paging::link);
    }

    private static Paging cursor(Config config) {
        String at = config.value(AT).toString();
        if (config.has(BODY)) {
            Pointer more = config.optional(HAS_MORE)
                    .orElseThrow(() -> new IllegalArgumentException("a cursor in the body needs has_more, "
                            + "such as has_more: /data/items/pageInfo/hasNextPage"));
            return Paging.bodyCursor(at, more.toString(), config.value(BODY).toString());
        }
        String param = config.value(CURSOR_PARAM);
        return config.optional(HAS_MORE)
                .map(more -> Paging.cursor(at, param, more.toString()))
                .orElseGet(() -> Paging.cursor(at, param));
    }

    private static TokenExpiry expiry(Config config) {
        Set<Integer> statuses =
                config.value(STATUS).stream().map(Long::intValue).collect(Collectors.toUnmodifiableSet());
        return new TokenExpiry(statuses, Set.copyOf(config.value(CODE)));
    }

    private static Paging offset(Config config) {
        String offset = config.value(OFFSET_PARAM);
        String limit = config.value(LIMIT_PARAM);
        int size = config.value(SIZE).intValue();
        OffsetPaging paging =
                Paging.offset(offset, limit, size).overlap(config.value(OVERLAP).intValue());
        OffsetPaging counted =
                config.optional(TOTAL).map(at -> paging.total(at.toString())).orElse(paging);
        return config.optional(HAS_MORE)
                .map(more -> counted.hasMore(more.toString()))
                .orElse(counted);
    }

    private static Paging page(Config config) {
        PageNumbers bare =
                Paging.page(config.value(PAGE_PARAM), config.value(FIRST).intValue());
        PageNumbers pages =
                config.optional(TOTAL).map(at -> bare.total(at.toString())).orElse(bare);
        PageNumbers flagged = config.optional(HAS_NEXT)
                .map(at -> pages.hasNext(at.toString()))
                .orElse(pages);
        return config.optional(TOTAL_PAGES)
                .map(at -> flagged.totalPages(at.toString()))
                .orElse(flagged);
    }

    @Override
    public String words() {
        return "link, none, page, offset, or a mapping such as { next_url: /next }, { cursor: { at: /meta/next } } or "
                + "{ page: { has_next: /has_next } }";
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("oneOf", List.of(Map.of("enum", List.of("link", "none", "page", "offset")), STYLES.schema()));
    }
}
