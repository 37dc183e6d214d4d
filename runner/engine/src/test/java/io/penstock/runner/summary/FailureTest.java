package io.penstock.runner.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.config.Secret;
import io.penstock.error.BadAnswer.RequestRejected;
import io.penstock.error.SentRequest;
import io.penstock.redact.Redaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailureTest {

    @Test
    void theJsonFormTellsTheLastRequestsWithTheirSecretsHidden() {
        SentRequest sent = new SentRequest(
                "GET",
                "https://api.example.com/bot/tok-en-of-the-bot/items",
                List.of("page"),
                2,
                "id-1",
                404,
                Instant.EPOCH,
                Duration.ofMillis(30),
                Duration.ofMillis(31));
        RequestRejected rejected = new RequestRejected("GET /items was answered with 404", 404);
        rejected.after(List.of(sent));
        Redaction redaction = Redaction.of(List.of(Secret.of("tok-en-of-the-bot")));
        Failure failure = Failure.of(rejected, redaction, Instant.EPOCH);
        assertThat(failure.toMap().get("requests"))
                .isEqualTo(List.of(Map.of(
                        "method",
                        "GET",
                        "address",
                        "https://api.example.com/bot/***/items",
                        "query",
                        List.of("page"),
                        "attempt",
                        2,
                        "correlation_id",
                        "id-1",
                        "status",
                        404,
                        "headers_ms",
                        30L,
                        "sent",
                        "1970-01-01T00:00:00Z",
                        "took_ms",
                        31L)));
    }

    @Test
    void aFailureWithoutRequestsTellsNone() {
        Failure failure = Failure.of(new RequestRejected("no", 404), Redaction.empty(), Instant.EPOCH);
        assertThat(failure.toMap()).doesNotContainKey("requests");
    }
}
