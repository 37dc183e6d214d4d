package io.penstock.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.AccessDenied.BlockedDestination;
import io.penstock.error.BadAnswer.PaginationContract;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.message.Method;
import io.penstock.record.Pointer;
import io.penstock.record.Values;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagingTest {

    private static final ApiRequest LIST =
            ApiRequest.of(Method.GET, URI.create("https://api.example.com/v1/things?limit=5"));

    private static Optional<String> next(Paging paging, String token, int records, String... values) {
        return paging.next(seen(LIST, token, Headers.NONE, records, values));
    }

    private static Paging.Seen seen(ApiRequest request, String token, Headers headers, int records, String... values) {
        Map<Pointer, String> found = new HashMap<>();
        for (int i = 0; i < values.length; i += 2) {
            found.put(Pointer.of(values[i]), values[i + 1]);
        }
        return new Paging.Seen(
                request, Optional.of(token).filter(text -> !text.isEmpty()), headers, new Values(found), records);
    }

    private static Optional<String> linked(String base, String... lines) {
        ApiRequest request = ApiRequest.of(Method.GET, URI.create(base));
        Headers headers = Headers.received(
                List.of(lines).stream().map(line -> Map.entry("Link", line)).toList());
        return Paging.link().next(seen(request, "", headers, 1));
    }

    @Test
    void aListOfOnePageHasNoNext() {
        assertThat(next(Paging.none(), "", 3)).isEmpty();
        assertThat(Paging.none().first(LIST)).isSameAs(LIST);
        assertThatThrownBy(() -> Paging.none().at(LIST, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCursorGoesBackAsQueryParameter() {
        Paging paging = Paging.cursor("/meta/next", "cursor");
        assertThat(paging.captures()).containsExactly(Pointer.of("/meta/next"));
        assertThat(paging.first(LIST).url()).isEqualTo(LIST.url());
        assertThat(next(paging, "", 5, "/meta/next", "a b&c")).contains("a b&c");
        assertThat(paging.at(LIST, "a b&c").url())
                .hasToString("https://api.example.com/v1/things?limit=5&cursor=a%20b%26c");
        assertThat(next(paging, "", 0, "/meta/next", "x"))
                .as("an empty page with a token")
                .contains("x");
    }

    @Test
    void aWalkByCursorEndsWithoutCursor() {
        Paging paging = Paging.cursor("/next", "cursor");
        assertThat(next(paging, "a", 5)).isEmpty();
        assertThat(next(paging, "a", 5, "/next", "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"false", "0", "no", "False"})
    void aFlagThatSaysNoEndsTheWalkWhateverTheCursorSays(String no) {
        Paging paging = Paging.cursor("/next", "cursor", "/has_more");
        assertThat(next(paging, "", 5, "/next", "x", "/has_more", no)).isEmpty();
        assertThat(next(paging, "", 5, "/next", "x", "/has_more", "true")).contains("x");
        assertThat(next(paging, "", 5, "/next", "x")).contains("x");
    }

    @Test
    void moreWithoutACursorBreaksTheContract() {
        Paging paging = Paging.cursor("/next", "cursor", "/has_more");
        assertThatThrownBy(() -> next(paging, "", 5, "/has_more", "true"))
                .isInstanceOf(PaginationContract.class)
                .hasMessageContaining("/has_more")
                .hasMessageContaining("/next");
    }

    @Test
    void aCursorInTheBodyKeepsTheRestOfTheBody() {
        Paging paging = Paging.bodyCursor("/data/p/end", "/data/p/more", "/variables/page/after");
        ApiRequest query = ApiRequest.of(Method.POST, URI.create("https://api.example.com/graphql"))
                .body(
                        "application/json",
                        "{\"query\":\"q\",\"variables\":{\"n\":1.10}}".getBytes(StandardCharsets.UTF_8))
                .idempotent();
        ApiRequest second = paging.at(query, "c\"1");
        assertThat(new String(second.body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"query\":\"q\",\"variables\":{\"n\":1.10,\"page\":{\"after\":\"c\\\"1\"}}}");
        assertThat(second.sending()).isEqualTo(query.sending());
        assertThat(new String(paging.at(LIST, "c").body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"variables\":{\"page\":{\"after\":\"c\"}}}");
    }

    @Test
    void aBodyThatCannotTakeTheCursorIsNamed() {
        Paging paging = Paging.bodyCursor("/end", "/more", "/variables/after");
        for (String body : new String[] {"[1]", "{\"variables\":3}", "{"}) {
            ApiRequest request = LIST.body("application/json", body.getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> paging.at(request, "c")).as(body).isInstanceOf(ConfigError.class);
        }
        assertThatThrownBy(() -> Paging.bodyCursor("/end", "/more", "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anOffsetGrowsByWhatCameAndEndsAtAnEmptyPage() {
        Paging paging = Paging.offset("offset", "limit", 50);
        assertThat(paging.first(LIST).url()).hasToString("https://api.example.com/v1/things?offset=0&limit=50");
        assertThat(next(paging, "", 50)).contains("50");
        assertThat(next(paging, "50", 17)).as("a short page is no end").contains("67");
        assertThat(next(paging, "67", 0)).isEmpty();
        assertThat(paging.numbered()).isTrue();
        assertThatThrownBy(() -> Paging.offset("o", "l", 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anOffsetEndsWhereAFlagSaysSo() {
        Paging paging = Paging.offset("offset", "limit", 50).hasMore("/more");
        assertThat(next(paging, "", 50, "/more", "false")).isEmpty();
        assertThat(next(paging, "", 50, "/more", "true")).contains("50");
        assertThat(next(paging, "", 50)).contains("50");
        assertThat(next(paging, "50", 0, "/more", "false")).isEmpty();
        assertThatThrownBy(() -> next(paging, "50", 0, "/more", "true"))
                .isInstanceOf(PaginationContract.class)
                .hasMessageContaining("offset 50");
    }

    @Test
    void pagesAreCountedFromTheFirstNumber() {
        Paging paging = Paging.page("page", 1);
        assertThat(paging.first(LIST).query("page")).contains("1");
        assertThat(next(paging, "", 5)).contains("2");
        assertThat(next(paging, "2", 1)).contains("3");
        assertThat(next(paging, "3", 0)).isEmpty();
        assertThat(next(Paging.page("p", 0), "", 5)).contains("1");
    }

    @Test
    void numberedPagesBelieveAFlagOrACount() {
        Paging flagged = Paging.page("page", 1).hasNext("/has_next");
        assertThat(next(flagged, "", 5, "/has_next", "false")).isEmpty();
        assertThat(next(flagged, "", 0, "/has_next", "true"))
                .as("an empty page in between")
                .contains("2");
        assertThat(next(flagged, "", 5)).contains("2");
        Paging counted = Paging.page("page", 0).totalPages("/pages");
        assertThat(next(counted, "0", 5, "/pages", "2")).contains("1");
        assertThat(next(counted, "1", 5, "/pages", "2")).isEmpty();
        assertThat(next(counted, "1", 5, "/pages", "many")).contains("2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "</v1/b?page=2>; rel=\"next\"                               | https://h.example/v1/b?page=2",
                "<?page=2>; rel=next                                         | https://h.example/v1/a?page=2",
                "<b>;title=\"a, <x>; rel=next\"; rel=\"prev\", <c>; REL=Next | https://h.example/v1/c",
                "<https://o.example/>; rel=\"last next\"                     | https://o.example/",
                "<x>; rel=first, <../y> ; rel = \"next\"                     | https://h.example/y",
                "<//o.example/z>; rel=next                                   | https://o.example/z",
                "<z>; rel=prev; rel=next                                     | ",
                "<z>; rel=next; anchor=\"/other\"                            | ",
                "<z                                                          | "
            })
    void theLinkHeaderIsReadAsTheRfcSays(String line, String url) {
        assertThat(linked("https://h.example/v1/a?page=1", line)).isEqualTo(Optional.ofNullable(url));
    }

    @Test
    void severalLinkLinesAreOneList() {
        assertThat(linked("https://h.example/a", "<b>; rel=prev", "<c>; rel=next"))
                .contains("https://h.example/c");
        assertThat(linked("https://h.example/a", "<c d?q=a|b%zz>; rel=next"))
                .contains("https://h.example/c%20d?q=a%7Cb%25zz");
        assertThat(linked("https://h.example/a")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "g,http://a/b/c/g",
        "./g,http://a/b/c/g",
        "g/,http://a/b/c/g/",
        "/g,http://a/g",
        "//g,http://g",
        "?y,http://a/b/c/d;p?y",
        "g?y,http://a/b/c/g?y",
        "g#s,http://a/b/c/g",
        ";x,http://a/b/c/;x",
        ".,http://a/b/c/",
        "..,http://a/b/",
        "../g,http://a/b/g",
        "../..,http://a/",
        "../../g,http://a/g",
        "../../../g,http://a/g",
        "/./g,http://a/g",
        "/../g,http://a/g",
        "g;x=1/../y,http://a/b/c/y",
        "g.,http://a/b/c/g.",
        "..g,http://a/b/c/..g",
        "g?y/../x,http://a/b/c/g?y/../x"
    })
    void referencesResolveAsInRfc3986(String reference, String target) {
        assertThat(Uris.resolve(URI.create("http://a/b/c/d;p?q"), URI.create(reference)))
                .hasToString(target);
    }

    @Test
    void aNextUrlIsADerivedRequestThatKeepsMethodHeadersAndBody() {
        Paging paging = Paging.nextUrl("/next");
        ApiRequest search = LIST.header("X-Version", "3");
        Optional<String> token = paging.next(seen(search, "", Headers.NONE, 2, "/next", "/v1/things?after=9"));
        assertThat(token).contains("https://api.example.com/v1/things?after=9");
        ApiRequest second = paging.at(search, token.orElseThrow());
        assertThat(second.sending().derived()).isTrue();
        assertThat(second.headers().first("X-Version")).contains("3");
        assertThat(next(paging, "", 2, "/next", "")).isEmpty();
        assertThat(next(paging, "", 2)).isEmpty();
    }

    @Test
    void aNextUrlThatIsNoneOrLeadsNowhereIsRefused() {
        Paging paging = Paging.nextUrl("/next");
        assertThatThrownBy(() -> next(paging, "", 2, "/next", "http://[::1")).isInstanceOf(PaginationContract.class);
        String file = next(paging, "", 2, "/next", "file:///etc/passwd").orElseThrow();
        assertThatThrownBy(() -> paging.at(LIST, file)).isInstanceOf(BlockedDestination.class);
        assertThatThrownBy(() -> paging.at(LIST, "https://user:word@h.example/"))
                .isInstanceOf(BlockedDestination.class);
    }

    @Test
    void overlappingPagesEndAtTheFirstEmptyOneAndAlwaysGrow() {
        Paging paging = Paging.offset("offset", "limit", 10).overlap(3).total("/total");
        assertThat(paging.captures()).containsExactly(Pointer.of("/total"));
        for (int total = 0; total <= 45; total++) {
            Optional<String> token = Optional.empty();
            int offset = 0;
            int reached = 0;
            do {
                int records = Math.max(0, Math.min(10, total - offset));
                reached = Math.max(reached, offset + records);
                token = next(paging, offset == 0 ? "" : Integer.toString(offset), records);
                int next = token.map(Integer::parseInt).orElse(offset);
                assertThat(token.isEmpty() || next > offset).isTrue();
                offset = next;
            } while (token.isPresent());
            assertThat(reached).isEqualTo(total);
        }
        assertThatThrownBy(() -> Paging.offset("o", "l", 5).overlap(5)).isInstanceOf(IllegalArgumentException.class);
    }
}
