package io.penstock.page.detect;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.page.Paging;
import io.penstock.record.Values;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells from a first answer how an API pages, when nobody has said.
 *
 * <p>What an answer says of itself is believed in this order: a {@code Link} header, a next URL, a cursor, a flag or a count
 * beside page numbers, and last an offset or page number that was asked for, or that it tells beside a total. A guess is shown to a
 * person, so that it can be written down.
 */
public final class PagingDetector {

    private static final List<String> PARENTS = List.of(
            "",
            "/links",
            "/_links",
            "/meta",
            "/paging",
            "/pagination",
            "/page_info",
            "/pageInfo",
            "/response_metadata");
    private static final List<String> URLS = below(
            "next",
            "next/href",
            "next_url",
            "nextUrl",
            "next_page_url",
            "next_link",
            "nextLink",
            "@odata.nextLink",
            "nextRecordsUrl");
    private static final List<String> CURSORS = below(
            "next_cursor",
            "nextCursor",
            "next_page_token",
            "nextPageToken",
            "next_token",
            "nextToken",
            "cursor/next",
            "cursors/after",
            "after",
            "endCursor",
            "end_cursor",
            "next");
    private static final List<String> FLAGS =
            below("has_more", "hasMore", "has_next", "hasNext", "has_next_page", "hasNextPage", "more");
    private static final List<String> COUNTS =
            below("total_pages", "totalPages", "page_count", "pageCount", "last_page");

    private PagingDetector() {}

    /**
     * What was recognised.
     *
     * @param paging the style to go on with
     * @param words what it is and where it was seen, to be shown
     * @param notation the same as a plan writes it, such as {@code { next_url: /next }}
     */
    public record Detected(Paging paging, String words, String notation) {}

    /**
     * How to go on from the answer to {@code request}, or empty if nothing says that there are pages.
     *
     * @param document the answer's body, JSON
     * @throws io.penstock.error.BadAnswer.MalformedPayload if it is not JSON
     */
    public static Optional<Detected> detect(ApiRequest request, Headers headers, byte[] document) {
        JsonNode root = FirstAnswer.tree(document);
        return link(request, headers)
                .or(() -> nextUrl(root))
                .or(() -> cursor(request, root))
                .or(() -> numbers(request, root))
                .or(() -> Counted.of(request, headers, document, root).offset())
                .or(() -> Counted.of(request, headers, document, root).numbered());
    }

    /**
     * Why the answer may not be all there is although nothing was recognised, in words: it counts more records than it shows, or shows
     * exactly as many as were asked for. Empty if nothing speaks for it.
     */
    public static Optional<String> doubt(ApiRequest request, Headers headers, byte[] document) {
        return Counted.of(request, headers, document, FirstAnswer.tree(document))
                .doubt();
    }

    private static List<String> below(String... names) {
        return PARENTS.stream()
                .flatMap(parent -> Stream.of(names).map(name -> parent + "/" + name))
                .toList();
    }

    private static Optional<Detected> link(ApiRequest request, Headers headers) {
        return Paging.link()
                .next(new Paging.Seen(request, Optional.empty(), headers, Values.NONE, 0))
                .map(next -> new Detected(Paging.link(), "the Link header names the next page", "link"));
    }

    private static Optional<Detected> nextUrl(JsonNode root) {
        return URLS.stream()
                .filter(pointer -> isUrl(root.at(pointer)))
                .findFirst()
                .map(pointer -> new Detected(
                        Paging.nextUrl(pointer),
                        "the URL of the next page is at " + pointer,
                        "{ next_url: " + quoted(pointer) + " }"));
    }

    private static boolean isUrl(JsonNode node) {
        return node.isTextual() && node.textValue().matches("(?i)(https?://|/|\\?).+");
    }

    private static Optional<Detected> cursor(ApiRequest request, JsonNode root) {
        Optional<String> at = CURSORS.stream()
                .filter(pointer ->
                        root.at(pointer).isValueNode() && !root.at(pointer).isBoolean())
                .filter(pointer -> !root.at(pointer).isNull())
                .findFirst();
        return at.map(pointer -> {
            String param = param(request, pointer);
            Optional<String> flag = flag(root);
            Paging paging = flag.map(more -> Paging.cursor(pointer, param, more))
                    .orElseGet(() -> Paging.cursor(pointer, param));
            String notation = "{ cursor: { at: " + quoted(pointer) + ", param: " + param
                    + flag.map(more -> ", has_more: " + more).orElse("") + " } }";
            return new Detected(
                    paging, "a cursor at " + pointer + " goes back as the query parameter " + param, notation);
        });
    }

    /** The parameter that the request has already, or the one that goes with the cursor's name. */
    private static String param(ApiRequest request, String pointer) {
        String name = pointer.substring(pointer.lastIndexOf('/') + 1);
        String expected = switch (name) {
            case "next_page_token" -> "page_token";
            case "nextPageToken" -> "pageToken";
            case "next_token" -> "next_token";
            case "nextToken" -> "nextToken";
            case "after", "endCursor", "end_cursor" -> "after";
            default -> "cursor";
        };
        return Stream.of("cursor", "page_token", "pageToken", "starting_after", "after", "next")
                .filter(request.queryNames()::contains)
                .findFirst()
                .orElse(expected);
    }

    private static Optional<String> flag(JsonNode root) {
        return FLAGS.stream().filter(pointer -> root.at(pointer).isBoolean()).findFirst();
    }

    private static Optional<Detected> numbers(ApiRequest request, JsonNode root) {
        String param = Stream.of("page", "page_number", "pageNumber", "p")
                .filter(request.queryNames()::contains)
                .findFirst()
                .orElse("page");
        int first = request.query(param).filter("0"::equals).map(zero -> 0).orElse(1);
        Optional<Detected> flagged = flag(root)
                .map(at -> new Detected(
                        Paging.page(param, first).hasNext(at),
                        "pages are numbered, and " + at + " says if there is more",
                        numbered(param, first, "has_next", at)));
        return flagged.or(() -> COUNTS.stream()
                .filter(pointer -> root.at(pointer).isIntegralNumber())
                .findFirst()
                .map(at -> new Detected(
                        Paging.page(param, first).totalPages(at),
                        "pages are numbered, and " + at + " counts them",
                        numbered(param, first, "total_pages", at))));
    }

    private static String numbered(String param, int first, String ends, String at) {
        return "{ page: { param: " + param + (first == 1 ? "" : ", first: " + first) + ", " + ends + ": " + at + " } }";
    }

    /** YAML takes no plain {@code @} or colon everywhere, so what is unusual goes between quotes. */
    private static String quoted(String pointer) {
        return pointer.matches("[\\w/-]+") ? pointer : '"' + pointer + '"';
    }
}
