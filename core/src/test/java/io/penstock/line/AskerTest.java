package io.penstock.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class AskerTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Set<Asker<String>> line = new LinkedHashSet<>();
    private final List<String> back = new ArrayList<>();
    private final Mono<String> asked = Asker.ask(line::add, line::remove, back::add);

    private Asker<String> only() {
        return line.iterator().next();
    }

    @Test
    void joinsWithDemandAndNotBefore() {
        StepVerifier.create(asked, 0)
                .expectSubscription()
                .then(() -> assertThat(line).isEmpty())
                .thenRequest(1)
                .then(() -> only().hand("pass"))
                .expectNext("pass")
                .expectComplete()
                .verify(LIMIT);
        assertThat(back).isEmpty();
    }

    @Test
    void whoCancelsLeavesTheLine() {
        StepVerifier.create(asked)
                .expectSubscription()
                .then(() -> assertThat(line).hasSize(1))
                .thenCancel()
                .verify(LIMIT);
        assertThat(line).isEmpty();
    }

    @Test
    void whatMeetsOneWhoHasCancelledGoesBack() {
        List<Asker<String>> gone = new ArrayList<>();
        Mono<String> kept = Asker.ask(gone::add, asker -> {}, back::add);
        kept.subscribe().dispose();
        gone.get(0).hand("pass");
        assertThat(back).containsExactly("pass");
    }

    @Test
    void aRefusalIsAnError() {
        StepVerifier.create(asked)
                .expectSubscription()
                .then(() -> only().refuse(new IllegalStateException("closed")))
                .expectErrorMessage("closed")
                .verify(LIMIT);
    }

    @Test
    void everySubscriptionJoinsAnew() {
        asked.subscribe();
        asked.subscribe();
        assertThat(line).hasSize(2);
    }
}
