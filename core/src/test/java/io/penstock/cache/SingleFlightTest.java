package io.penstock.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.message.Method;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Seeded interleavings of those who come, answers, failures and those who leave, against what must always hold.
 *
 * <p>Time budget: 20 s.
 */
class SingleFlightTest {

    private static final CacheKey KEY = CacheKey.of(ApiRequest.of(Method.GET, URI.create("https://h/a")), "me");

    /** One run of random steps; the seed is all there is to it. */
    private static final class Run {

        private final Random random;
        private final Flights flights = new Flights();
        private final List<Sinks.One<String>> wires = new ArrayList<>();
        private final List<Flights.Flight> leading = new ArrayList<>();
        private final List<Guest> guests = new ArrayList<>();
        private int asking;
        private int answered;

        Run(long seed) {
            random = new Random(seed);
        }

        private static final class Guest {
            private Disposable here = () -> {};
            private String got = "";
            private boolean failed;
            private boolean left;
        }

        private Flux<String> lead(Flights.Flight flight) {
            return Flux.defer(() -> {
                Sinks.One<String> wire = Sinks.one();
                wires.add(wire);
                leading.add(flight);
                asking++;
                assertThat(asking).as("at most one asks").isEqualTo(1);
                AtomicBoolean waiting = new AtomicBoolean(true); // a failed one is cancelled as well
                Runnable over = () -> asking -= waiting.getAndSet(false) ? 1 : 0;
                return wire.asMono().flux().doOnTerminate(over).doOnCancel(over);
            });
        }

        private void comes() {
            Guest guest = new Guest();
            guests.add(guest);
            guest.here = flights.board(
                            KEY,
                            this::lead,
                            found -> Flux.just("copy of " + found.orElseThrow().status()))
                    .subscribe(text -> guest.got = text, failure -> guest.failed = true);
        }

        private void step() {
            int last = wires.size() - 1;
            switch (random.nextInt(5)) {
                case 0, 1 -> comes();
                case 2 -> {
                    if (asking == 1) {
                        answered++;
                        leading.get(last).land(Optional.of(new Entry(Instant.EPOCH, 200, Headers.NONE, new byte[0])));
                        wires.get(last).tryEmitValue("answer");
                    }
                }
                case 3 -> {
                    if (asking == 1) {
                        wires.get(last).tryEmitError(new IllegalStateException("failed"));
                    }
                }
                default -> {
                    if (!guests.isEmpty()) {
                        Guest guest = guests.get(random.nextInt(guests.size()));
                        guest.left |= guest.got.isEmpty() && !guest.failed;
                        guest.here.dispose();
                    }
                }
            }
        }

        private void play(int steps) {
            for (int i = 0; i < steps; i++) {
                step();
            }
            while (asking == 1) { // each answer ends everybody who waits for it
                int last = wires.size() - 1;
                leading.get(last).land(Optional.of(new Entry(Instant.EPOCH, 200, Headers.NONE, new byte[0])));
                wires.get(last).tryEmitValue("answer");
            }
            assertThat(flights.count()).as("look-ups under way").isZero();
            for (Guest guest : guests) {
                assertThat(guest.left || guest.failed || !guest.got.isEmpty())
                        .as("whoever stays gets an answer or the failure of its own request")
                        .isTrue();
            }
        }
    }

    @Test
    void atMostOneAsksAndNobodyIsForgottenInAnyOrderOfEvents() {
        long begin = 20_260_101;
        for (long seed = begin; seed < begin + 2_000; seed++) {
            try {
                new Run(seed).play(40);
            } catch (AssertionError broken) {
                throw new AssertionError("seed " + seed, broken);
            }
        }
    }

    @Test
    void threadsThatComeTogetherAskOnceAndAllGetTheAnswer() {
        for (int round = 0; round < 100; round++) {
            Flights flights = new Flights();
            AtomicInteger asked = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            AtomicInteger now = new AtomicInteger();
            Long answers = Flux.range(0, 16)
                    .flatMap(
                            guest -> flights.board(
                                            KEY,
                                            flight -> Flux.defer(() -> {
                                                asked.incrementAndGet();
                                                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                                                flight.land(Optional.of(
                                                        new Entry(Instant.EPOCH, 200, Headers.NONE, new byte[0])));
                                                now.decrementAndGet();
                                                return Flux.just("answer");
                                            }),
                                            found -> Flux.just("copy"))
                                    .subscribeOn(Schedulers.parallel()),
                            16,
                            1)
                    .count()
                    .block(Duration.ofSeconds(20));
            assertThat(answers).isEqualTo(16);
            assertThat(most).hasValue(1);
            await().until(() -> flights.count() == 0); // the last one leaves after it has told its subscriber
        }
    }
}
