package io.penstock.page.detect;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.error.BadAnswer.UnexpectedContent;
import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.page.OffsetPaging;
import io.penstock.page.Paging;
import io.penstock.page.detect.PagingDetector.Detected;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Tells from what a first answer counts, and from what was asked, whether there is more than it shows.
 *
 * @param records how many it shows, if that is known
 * @param total how many it says that there are, and where
 */
record Counted(ApiRequest request, JsonNode root, OptionalLong records, Optional<Total> total) {

    private static final List<String> PARENTS =
            List.of("", "/meta", "/paging", "/pagination", "/page_info", "/pageInfo", "/page");
    private static final List<String> TOTALS = below(
            "total",
            "total_count",
            "totalCount",
            "total_records",
            "totalRecords",
            "total_results",
            "totalResults",
            "total_items",
            "totalItems",
            "totalElements",
            "numFound",
            "count");
    private static final List<String> TOTAL_HEADERS = List.of("X-Total-Count", "X-Total", "X-WP-Total", "Total-Count");
    private static final List<String> OFFSETS = List.of("offset", "skip", "startAt", "start_at", "startIndex");

    /** Where they are offsets at all: others mean a time by them. */
    private static final List<String> TIMES = List.of("start", "from");

    private static final List<String> ECHOED_LIMITS =
            List.of("limit", "per_page", "perPage", "page_size", "pageSize", "maxResults", "max_results");
    private static final List<String> LIMITS = Stream.concat(
                    ECHOED_LIMITS.stream(), Stream.of("size", "count", "take", "top"))
            .toList();
    private static final List<String> PAGES = List.of("page", "page_number", "pageNumber", "p");

    /** @param at the pointer, or empty if a header says it */
    record Total(long value, String at, String words) {}

    static Counted of(ApiRequest request, Headers headers, byte[] document, JsonNode root) {
        OptionalLong records = records(document, root);
        List<Total> totals = totals(headers, root);
        Optional<Total> larger = totals.stream()
                .filter(total -> records.isPresent() && total.value() > records.getAsLong())
                .findFirst(); // a smaller one may count the page
        return new Counted(
                request, root, records, larger.or(() -> totals.stream().findFirst()));
    }

    private static OptionalLong records(byte[] document, JsonNode root) {
        try {
            JsonNode found = root.at(RecordsDetector.detect(document).toString());
            return found.isArray() ? OptionalLong.of(found.size()) : OptionalLong.empty();
        } catch (UnexpectedContent severalArrays) {
            return OptionalLong.empty();
        }
    }

    private static List<Total> totals(Headers headers, JsonNode root) {
        Stream<Total> told = TOTALS.stream()
                .filter(at -> root.at(at).isIntegralNumber())
                .map(at -> new Total(root.at(at).longValue(), at, at));
        Stream<Total> sent = TOTAL_HEADERS.stream()
                .flatMap(name -> headers.first(name).stream()
                        .filter(value -> value.matches("[0-9]{1,18}"))
                        .map(value -> new Total(Long.parseLong(value), "", "the header " + name)));
        return Stream.concat(told, sent).toList();
    }

    private static List<String> below(String... names) {
        return PARENTS.stream()
                .flatMap(parent -> Stream.of(names).map(name -> parent + "/" + name))
                .toList();
    }

    /** Whether there is more than this answer shows, as far as it counts. */
    private boolean more() {
        return total.isPresent() && records.isPresent() && total.get().value() > records.getAsLong();
    }

    /** An offset that the request has already, or that the answer tells beside a total. */
    Optional<Detected> offset() {
        Optional<String> asked =
                asked(OFFSETS, "0").or(() -> more() || full().isPresent() ? asked(TIMES, "0") : Optional.empty());
        Optional<String> offset = asked.or(() -> more() ? told(OFFSETS, 0) : Optional.empty());
        return offset.flatMap(param -> size().map(size -> offset(param, size)));
    }

    private Detected offset(String param, Size size) {
        String at = more() ? total.map(Total::at).orElse("") : "";
        String notation = "{ offset: { param: " + param + ", limit_param: " + size.param() + ", size: " + size.records()
                + (at.isEmpty() ? "" : ", total: " + at) + " } }";
        OffsetPaging paging = Paging.offset(param, size.param(), size.records());
        return new Detected(
                at.isEmpty() ? paging : paging.total(at),
                "the query parameter " + param + " says how many records to pass over" + counts(),
                notation);
    }

    /** Numbered pages, where the request or the answer names the first and the answer counts more than it shows. */
    Optional<Detected> numbered() {
        Optional<String> asked = asked(PAGES, "[01]");
        Optional<String> param = more() ? asked.or(() -> told(PAGES, 1)).or(() -> told(PAGES, 0)) : Optional.empty();
        return param.map(name -> {
            int first = request.query(name).map("0"::equals).orElse(isTold(name, 0)) ? 0 : 1;
            return new Detected(
                    Paging.page(name, first),
                    "pages are numbered" + counts(),
                    "{ page: { param: " + name + (first == 1 ? "" : ", first: 0") + " } }");
        });
    }

    private Optional<String> asked(List<String> names, String value) {
        return names.stream()
                .filter(name -> request.query(name)
                        .filter(given -> given.matches(value))
                        .isPresent())
                .findFirst();
    }

    private String counts() {
        return total.filter(found -> more())
                .map(found -> ", and " + found.words() + " counts the records")
                .orElse("");
    }

    /** How many records a page has, as the request asks for, as the answer tells, or as it shows. */
    private Optional<Size> size() {
        return LIMITS.stream()
                .flatMap(name ->
                        request
                                .query(name)
                                .filter(Size::isOne)
                                .map(value -> new Size(name, Integer.parseInt(value)))
                                .stream())
                .findFirst()
                .or(() -> told(ECHOED_LIMITS, -1)
                        .map(name -> new Size(name, value(name).orElseThrow())))
                .or(() -> records.isPresent() && records.getAsLong() > 0
                        ? Optional.of(new Size("limit", (int) records.getAsLong()))
                        : Optional.empty());
    }

    private record Size(String param, int records) {
        static boolean isOne(String value) {
            return value.matches("[1-9][0-9]{0,5}");
        }
    }

    /** The first of these names that the answer has with this value, or with any above 0 for -1. */
    private Optional<String> told(List<String> names, int expected) {
        return names.stream().filter(name -> isTold(name, expected)).findFirst();
    }

    private boolean isTold(String name, int expected) {
        return value(name)
                .filter(value -> expected < 0 ? value > 0 : value == expected)
                .isPresent();
    }

    private Optional<Integer> value(String name) {
        return PARENTS.stream()
                .map(parent -> root.at(parent + "/" + name))
                .filter(node -> node.isInt())
                .map(JsonNode::intValue)
                .findFirst();
    }

    /** Why a walk that ends here may be missing something, in words; empty if nothing speaks for it. */
    Optional<String> doubt() {
        if (more()) {
            return Optional.of("the answer shows " + records.getAsLong() + " records, but "
                    + total.get().words() + " says " + total.get().value());
        }
        return full().map(name -> "the answer shows as many records as " + name + " asks for, " + records.orElse(0));
    }

    /** The parameter that asks for as many records as came. */
    private Optional<String> full() {
        return LIMITS.stream()
                .filter(name -> request.query(name)
                        .filter(value -> records.isPresent() && value.equals(Long.toString(records.getAsLong())))
                        .isPresent())
                .findFirst();
    }
}
