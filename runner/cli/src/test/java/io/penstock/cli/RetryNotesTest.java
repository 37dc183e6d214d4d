package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cli.view.RetryNotes;
import io.penstock.config.Secret;
import io.penstock.error.TryLater.UpstreamError;
import io.penstock.redact.Redaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

final class RetryNotesTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final RetryNotes notes = new RetryNotes(time);
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void listen() {
        notes.to(told::add);
    }

    private void retry(int attempt, Duration wait) {
        notes.retrying(attempt, new UpstreamError("GET http://api/things?sesame: 503", 503, Duration.ZERO), wait);
    }

    @Test
    void oneQuickRepeatIsNotWorthALine() {
        retry(1, Duration.ofMillis(2999));

        assertThat(told).isEmpty();
    }

    @Test
    void aSecondFailureAndALongWaitAre() {
        retry(2, Duration.ofMillis(400));
        time.advanceTimeBy(Duration.ofSeconds(5));
        retry(1, Duration.ofSeconds(3));

        assertThat(told)
                .containsExactly(
                        "GET http://api/things?sesame: 503; try 3 follows in 0.4 s",
                        "GET http://api/things?sesame: 503; try 2 follows in 3.0 s");
    }

    @Test
    void linesComeFiveSecondsApart() {
        retry(2, Duration.ZERO);
        time.advanceTimeBy(Duration.ofMillis(4999));
        retry(3, Duration.ZERO);
        assertThat(told).hasSize(1);
        time.advanceTimeBy(Duration.ofMillis(1));
        retry(4, Duration.ZERO);
        assertThat(told).hasSize(2);
    }

    @Test
    void secretsAreHidden() {
        notes.hide(Redaction.of(List.of(Secret.named("env:X", "sesame"))));
        retry(2, Duration.ZERO);

        assertThat(told).singleElement().satisfies(line -> assertThat(line).contains("?***"));
    }
}
