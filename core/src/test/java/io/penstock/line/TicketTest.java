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

class TicketTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Set<Ticket<String>> line = new LinkedHashSet<>();
    private final List<String> back = new ArrayList<>();
    private final Mono<String> asked = Ticket.ask(line::add, line::remove, back::add);

    private Ticket<String> only() {
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
        List<Ticket<String>> gone = new ArrayList<>();
        Mono<String> kept = Ticket.ask(gone::add, ticket -> {}, back::add);
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
