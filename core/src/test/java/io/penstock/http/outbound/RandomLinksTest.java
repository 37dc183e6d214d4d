package io.penstock.http.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.error.AccessDenied.BlockedDestination;
import io.penstock.error.BadAnswer.ProtocolError;
import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.message.Method;
import io.penstock.message.Origin;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Links put together from what attackers put together, half of them changed at random. Time budget: 15 s. */
class RandomLinksTest {

    private static final int LINKS = 50_000;
    private static final List<String> PIECES = List.of(
            "http:",
            "https:",
            "HTTPS:",
            "ftp:",
            "javascript:",
            "//",
            "/",
            "\\",
            "///",
            "@",
            "user:pw@",
            "api.example.com",
            "files.example.com",
            "evil.test",
            "127.0.0.1",
            "0x7f.1",
            "[::1]",
            "[::ffff:10.0.0.1]",
            "localhost",
            "%31",
            "%2e%2e",
            "..",
            ".",
            ":",
            ":443",
            ":80",
            ":99999",
            ":-1",
            "?",
            "?a=b",
            "#",
            "#@evil.test",
            "\t",
            "\n",
            "\u0000",
            "\u3002",
            "\uff0f",
            "\u00ad",
            " ",
            "xn--",
            "a".repeat(300),
            ";",
            "&",
            "%",
            "%00",
            "{x}",
            "|",
            "^",
            "api.example.com.");

    private static final Set<Origin> MAY = Set.of(
            Origin.of(URI.create("https://api.example.com")), Origin.of(URI.create("https://files.example.com")));

    private final Destinations destinations = Destinations.of(
            Set.of(Origin.of(URI.create("https://api.example.com"))),
            Outbound.builder()
                    .allow(Origin.of(URI.create("https://files.example.com")))
                    .build());
    private final ApiRequest page = ApiRequest.of(Method.GET, URI.create("https://api.example.com/v2/things?page=1"))
            .header("X-Api-Key", "s3cret");

    private static String link(Random random) {
        StringBuilder link = new StringBuilder();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            link.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        if (random.nextBoolean() && !link.isEmpty()) {
            link.setCharAt(random.nextInt(link.length()), (char)
                    (random.nextInt(10) == 0 ? random.nextInt(0x10000) : 32 + random.nextInt(96)));
        }
        return link.toString();
    }

    @Test
    void everyLinkIsRefusedOrLeadsWhereItMay() {
        long seed = 20_260_102;
        Random random = new Random(seed);
        int followed = 0;
        for (int i = 0; i < LINKS; i++) {
            String link = link(random);
            try {
                require(destinations.judge(page, link));
                followed++;
            } catch (BlockedDestination refused) {
                assertThat(refused.getMessage()).doesNotContain("pw@");
            } catch (RuntimeException | AssertionError wrong) {
                throw new AssertionError("seed " + seed + ", link " + i + ": " + link, wrong);
            }
        }
        assertThat(followed).as("or nothing was shown").isGreaterThan(500);
    }

    private static void require(ApiRequest request) {
        assertThat(MAY).contains(request.origin());
        assertThat(request.url().getRawUserInfo()).isNull();
        assertThat(request.url().getRawFragment()).isNull();
        assertThat(request.url().toString()).matches("[!-~]+").doesNotContain("\\");
        assertThat(Origin.of(URI.create(request.url().toString()))).isEqualTo(request.origin());
        assertThat(request.headers().first("X-Api-Key").isPresent())
                .isEqualTo(request.origin().host().equals("api.example.com"));
    }

    @Test
    void everyLocationIsRefusedOrLeadsWhereItMay() {
        long seed = 20_260_103;
        Random random = new Random(seed);
        for (int i = 0; i < LINKS; i++) {
            Headers there = Headers.received(List.of(Map.entry("Location", link(random))));
            try {
                Optional<ApiRequest> next = Redirects.follow(page, 301 + random.nextInt(2), there, 0, destinations);
                require(next.orElseThrow());
            } catch (BlockedDestination | ProtocolError refused) {
                // as it should be
            } catch (RuntimeException | AssertionError wrong) {
                throw new AssertionError("seed " + seed + ", location " + i + ": " + there.first("Location"), wrong);
            }
        }
    }
}
