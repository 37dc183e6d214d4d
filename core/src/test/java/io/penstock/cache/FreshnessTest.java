package io.penstock.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.message.Method;
import io.penstock.message.ResponsePart.Head;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FreshnessTest {

    private static final Instant CAME = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration TTL = Duration.ofMinutes(5);
    private static final ApiRequest GET = ApiRequest.of(Method.GET, URI.create("https://h/a"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Cache-Control: private              | 300
                    Cache-Control: max-age=60           | 60
                    Cache-Control: max-age="60"         | 60
                    Cache-Control: private, MAX-AGE=10  | 10
                    Cache-Control: max-age=0            | 0
                    Cache-Control: max-age=junk         | 0
                    Cache-Control: max-age=-1           | 0
                    Cache-Control: no-cache             | 0
                    Cache-Control: max-age=99999        | 300
                    Expires: Thu, 01 Jan 2026 00:01:00 GMT | 60
                    Expires: 0                          | 0
                    Expires: Fri, 02 Jan 2026 00:00:00 GMT | 300
                    X: y                                | 300
                    """)
    void theServerCanOnlyShortenTheTime(String line, long seconds) {
        String[] field = line.split(": ", 2);
        Headers headers = Headers.of(Map.of(field[0], field[1]));
        Duration lifetime = Freshness.lifetime(headers, CAME, TTL);
        assertThat(lifetime.isNegative() ? 0 : lifetime.toSeconds()).isEqualTo(seconds);
    }

    @Test
    void theServersOwnDateAndAgeCount() {
        Headers late =
                Headers.of(Map.of("Expires", "Fri, 02 Jan 2026 00:01:00 GMT", "Date", "Fri, 02 Jan 2026 00:00:00 GMT"));
        assertThat(Freshness.lifetime(late, CAME, TTL)).hasSeconds(60);
        Headers old = Headers.of(Map.of("Cache-Control", "max-age=60", "Age", "50"));
        assertThat(Freshness.lifetime(old, CAME, TTL)).hasSeconds(10);
    }

    @Test
    void anAnswerIsFreshUntilItsTimeIsOverAndNeverFromTheFuture() {
        Entry entry = new Entry(CAME, 200, Headers.NONE, new byte[0]);
        assertThat(Freshness.fresh(GET, entry, CAME.plusSeconds(299), TTL)).isTrue();
        assertThat(Freshness.fresh(GET, entry, CAME.plusSeconds(300), TTL)).isFalse();
        assertThat(Freshness.fresh(GET, entry, CAME.minusMillis(1), TTL)).isFalse();
        assertThat(Freshness.fresh(GET.header("Cache-Control", "no-cache"), entry, CAME, TTL))
                .isFalse();
        assertThat(Freshness.fresh(GET, entry, CAME, Duration.ZERO)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 203, 204, 300, 301, 404, 410})
    void theseStatusesAreKept(int status) {
        assertThat(Freshness.kept(new Head(status, Headers.NONE, ""))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 206, 302, 304, 307, 400, 401, 403, 429, 500, 503})
    void theOthersAreNot(int status) {
        assertThat(Freshness.kept(new Head(status, Headers.NONE, ""))).isFalse();
    }

    @Test
    void neitherNoStoreNorAnyVaryNorAPageForPeopleNorAnUnprovenEndIsKept() {
        assertThat(Stream.of(
                        Map.of("Cache-Control", "private, No-Store"),
                        Map.of("Vary", "*"),
                        Map.of("Content-Type", "text/html; charset=utf-8")))
                .noneMatch(fields -> Freshness.kept(new Head(200, Headers.of(fields), "")));
        assertThat(Freshness.kept(new Head(200, Headers.NONE, "", false))).isFalse();
    }

    @Test
    void onlyReadingIsCached() {
        assertThat(Freshness.cached(GET)).isTrue();
        ApiRequest post = ApiRequest.of(Method.POST, URI.create("https://h/a"));
        assertThat(Freshness.cached(post)).isFalse();
        assertThat(Freshness.cached(post.idempotent())).isTrue();
        assertThat(Freshness.cached(ApiRequest.of(Method.PUT, URI.create("https://h/a"))))
                .isFalse();
        assertThat(Freshness.cached(GET.header("Range", "bytes=0-1"))).isFalse();
        assertThat(Freshness.cached(GET.header("If-None-Match", "\"x\""))).isFalse();
        assertThat(Freshness.cached(GET.header("Cache-Control", "no-store"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://H:443/a%2fb,https://h/a%2Fb,true",
        "https://h/%7Eme,https://h/~me,true",
        "https://h,https://h/,true",
        "https://h/a#x,https://h/a,true",
        "https://h/a?x=1&y=2,https://h/a?y=2&x=1,false",
        "https://h/a?,https://h/a,false",
        "http://h/a,https://h/a,false",
        "https://h/A,https://h/a,false",
        "https://h/a%2Fb,https://h/a/b,false"
    })
    void urlsThatMeanTheSameHaveOnePlace(String one, String other, boolean same) {
        String place =
                CacheKey.of(ApiRequest.of(Method.GET, URI.create(one)), "").place();
        assertThat(place.equals(CacheKey.of(ApiRequest.of(Method.GET, URI.create(other)), "")
                        .place()))
                .isEqualTo(same);
    }

    @Test
    void methodBodyHeadersAndCredentialTellVariantsApart() {
        ApiRequest post = ApiRequest.of(Method.POST, URI.create("https://h/a"));
        assertThat(Stream.of(
                                CacheKey.of(GET, "me"),
                                CacheKey.of(GET, "you"),
                                CacheKey.of(GET.header("Accept-Language", "de"), "me"),
                                CacheKey.of(GET.header("Accept-Language", "fr"), "me"),
                                CacheKey.of(GET.header("Accept", "de"), "me"),
                                CacheKey.of(post, "me"),
                                CacheKey.of(post.body("text/plain", new byte[] {1}), "me"),
                                CacheKey.of(post.body("text/plain", new byte[] {2}), "me"))
                        .distinct())
                .hasSize(8);
    }
}
