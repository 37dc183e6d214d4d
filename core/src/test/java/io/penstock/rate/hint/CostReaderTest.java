package io.penstock.rate.hint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.message.Headers;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import io.penstock.rate.Budgets;
import io.penstock.rate.Permits;
import io.penstock.rate.Permits.Permit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

class CostReaderTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Permits permits =
            new Budgets(VirtualTimeScheduler.create(), new SplittableRandom(7)).permits("key", List.of(), 9);

    private static OptionalInt cost(String pointer, String body) {
        return CostReader.at(pointer).cost(Headers.NONE, body.getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/data/rateLimit/cost | {\"data\":{\"x\":[1,2],\"rateLimit\":{\"limit\":5000,\"cost\":7}}} | 7",
                "/extensions/cost/actualQueryCost | {\"data\":null,\"extensions\":{\"cost\":{\"actualQueryCost\":11.2}}} | 12",
                "/cost | {\"cost\":\"3\"} | 3",
                "/cost | {\"cost\":0} | 0"
            })
    void readsTheNumberAtAPointer(String pointer, String body, int cost) {
        assertThat(cost(pointer, body)).hasValue(cost);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/cost | {\"other\":7}",
                "/cost | {\"cost\":-1}",
                "/cost | {\"cost\":null}",
                "/cost | {\"cost\":{\"a\":1}}",
                "/cost | {\"cost\":99999999999}",
                "/cost | <html>",
                "/cost | ''"
            })
    void whatIsNoCostChangesNothing(String pointer, String body) {
        assertThat(cost(pointer, body)).isEmpty();
    }

    @Test
    void refusesWhatIsNoPointer() {
        assertThatThrownBy(() -> CostReader.at("cost")).isInstanceOf(IllegalArgumentException.class);
    }

    private long granted(CostReader reader, ResponsePart... parts) {
        Permit permit = requireNonNull(permits.acquire(5).block(LIMIT));
        assertThat(reader.settle(permit, Flux.just(parts)).collectList().block(LIMIT))
                .containsExactly(parts);
        return permits.usage().granted();
    }

    private static Head head(Map<String, String> fields) {
        return new Head(200, Headers.of(fields), "id");
    }

    @Test
    void settlesByTheBody() {
        byte[] body = "{\"cost\":2}".getBytes(UTF_8);
        assertThat(granted(CostReader.at("/cost"), head(Map.of()), new Chunk(body, true)))
                .isEqualTo(2);
    }

    @Test
    void settlesByAField() {
        assertThat(granted(CostReader.header("X-Cost"), head(Map.of("x-cost", "8")), new Chunk(new byte[1], false)))
                .isEqualTo(8);
    }

    @Test
    void aBodyInPiecesOrNoneLeavesTheEstimate() {
        byte[] body = "{\"cost\":2}".getBytes(UTF_8);
        assertThat(granted(CostReader.at("/cost"), head(Map.of()), new Chunk(body, false), new Chunk(body, true)))
                .isEqualTo(5);
        assertThat(granted(CostReader.NONE, head(Map.of()), new Chunk(body, true)))
                .isEqualTo(10);
    }
}
