package io.penstock.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiRequestTest {

    private static final ApiRequest GET = ApiRequest.of(Method.GET, URI.create("https://api.example.com/v1/items"));

    @Test
    void isNeverChangedByItsCopies() {
        GET.query("a", "b").header("X-A", "1").cost(5).idempotent().derived().body("text/plain", new byte[1]);
        assertThat(GET.url()).hasToString("https://api.example.com/v1/items");
        assertThat(GET.headers().names()).isEmpty();
        assertThat(GET.body()).isEmpty();
        assertThat(GET.sending()).isEqualTo(new Sending(true, 1, false, false, false));
    }

    @Test
    void addsAndReplacesQueryParameters() {
        ApiRequest request = GET.query("page", "1").query("q", "a&b=c d/ü+").query("page", "2");
        assertThat(request.url().getRawQuery()).isEqualTo("q=a%26b%3Dc%20d%2F%C3%BC%2B&page=2");
        assertThat(request.query("q")).contains("a&b=c d/ü+");
        assertThat(request.query("page")).contains("2");
        assertThat(request.query("none")).isEmpty();
        assertThat(request.queryNames()).containsExactly("q", "page");
    }

    @Test
    void leavesTheRestOfAPeersQueryAsItIs() {
        ApiRequest next = ApiRequest.of(Method.GET, URI.create("https://h/p?cursor=%2b%2F&flag&x=#here"));
        assertThat(next.query("page", "2").url()).hasToString("https://h/p?cursor=%2b%2F&flag&x=&page=2");
        assertThat(next.query("flag")).contains("");
        assertThat(next.query("cursor")).contains("+/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/relative", "ftp://h/x", "https://user:pw@h/", "https:///x", "mailto:a@b.c"})
    void refusesUrlsWithoutAnOriginOfTheirOwn(String url) {
        assertThatThrownBy(() -> ApiRequest.of(Method.GET, URI.create(url)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAUrlOfMoreThan16KiB() {
        URI base = URI.create("https://h/");
        assertThat(ApiRequest.of(Method.GET, base.resolve("a".repeat(16 * 1024 - 10)))
                        .url()
                        .toString())
                .hasSize(16 * 1024);
        assertThatThrownBy(() -> ApiRequest.of(Method.GET, base.resolve("a".repeat(16 * 1024 - 9))))
                .hasMessageContaining("16 KiB");
        assertThatThrownBy(() -> ApiRequest.of(Method.GET, base).query("q", "a".repeat(16 * 1024)))
                .hasMessageContaining("16 KiB");
    }

    @Test
    void showsNeitherQueryNorHeaderNorBody() {
        ApiRequest request = GET.query("token", "s3cret")
                .header("Authorization", "Bearer s3cret")
                .body("text/plain", "s3cret".getBytes(StandardCharsets.UTF_8));
        assertThat(request).hasToString("GET https://api.example.com/v1/items");
        assertThat(request.headers().toString()).doesNotContain("s3cret");
    }

    @Test
    void keepsHowItMayBeSentThroughOtherChanges() {
        ApiRequest request = GET.cost(3)
                .derived()
                .idempotent()
                .at(URI.create("https://other/"))
                .query("a", "b")
                .header("A", "b");
        assertThat(request.sending()).isEqualTo(new Sending(true, 3, true, false, false));
        assertThatThrownBy(() -> GET.cost(0)).hasMessageContaining("at least 1");
    }

    @Test
    void onlyMethodsThatMayBeSentTwiceAreIdempotent() {
        assertThat(Method.values())
                .filteredOn(method -> !method.idempotent())
                .containsExactly(Method.POST, Method.PATCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3cret\r\nb",
                "s3cret\nb",
                "s3cret\0",
                " s3cret",
                "s3cret ",
                "\ts3cret",
                "s3creté",
                "s3cret\u007f"
            })
    void refusesHeaderValuesThatBreakTheMessage(String value) {
        assertThatThrownBy(() -> GET.header("X-A", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("X-A")
                .satisfies(error -> assertThat(error.getMessage()).doesNotContain("s3cr"));
        assertThatThrownBy(() -> GET.body(value, new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:", "ä", "a\n", "(a)"})
    void refusesHeaderNamesThatBreakTheMessage(String name) {
        assertThatThrownBy(() -> GET.header(name, "1")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "content-length", "Transfer-Encoding", "CONNECTION", "TE", "Upgrade", "Trailer"})
    void refusesHeadersThatOnlyTheTransportMaySet(String name) {
        assertThatThrownBy(() -> GET.header(name, "1")).hasMessageContaining("set by the transport alone");
    }

    @Test
    void acceptsAHeaderOf8KiBAndNoMore() {
        assertThat(GET.header("A", "x".repeat(8192)).headers().first("a")).isPresent();
        assertThatThrownBy(() -> GET.header("A", "x".repeat(8193))).hasMessageContaining("8 KiB");
    }
}
