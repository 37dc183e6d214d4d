package io.penstock.cache;

import io.penstock.linear.Interleavings;
import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.message.Method;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Comes, answers, fails and leaves in every interleaving that a model checker finds: never do two ask at once, and when all have
 * ended nobody waits while nobody asks. Budget: 15 s.
 */
@Param(name = "guest", gen = IntGen.class, conf = "0:2")
public class FlightsInterleavingTest {

    private static final CacheKey KEY = CacheKey.of(ApiRequest.of(Method.GET, URI.create("https://h/a")), "me");
    private static final Entry FOUND = new Entry(Instant.EPOCH, 200, Headers.NONE, new byte[0]);

    private final Flights flights = new Flights();
    private final AtomicInteger asking = new AtomicInteger();
    private volatile boolean twoAsked;
    private final List<Guest> guests =
            IntStream.range(0, 3).mapToObj(i -> new Guest()).toList();

    private final class Guest {

        private final AtomicBoolean came = new AtomicBoolean();
        private final Sinks.One<String> wire = Sinks.one();
        private volatile Flights.@Nullable Flight leads;
        private volatile @Nullable Disposable here;
        private volatile boolean ended;

        void come() {
            if (came.compareAndSet(false, true)) {
                here = flights.board(KEY, this::lead, found -> Flux.just("copy"))
                        .subscribe(text -> ended = true, failure -> ended = true);
            }
        }

        private Flux<String> lead(Flights.Flight flight) {
            return Flux.defer(() -> {
                twoAsked |= asking.incrementAndGet() > 1;
                AtomicBoolean mine = new AtomicBoolean(true);
                Runnable over = () -> asking.addAndGet(mine.getAndSet(false) ? -1 : 0);
                leads = flight;
                return wire.asMono().flux().doOnTerminate(over).doOnCancel(over);
            });
        }

        void answer() {
            Flights.Flight flight = leads;
            if (flight != null) {
                flight.land(Optional.of(FOUND));
                wire.tryEmitValue("answer");
            }
        }

        void fail() {
            if (leads != null) {
                wire.tryEmitError(new IllegalStateException("failed"));
            }
        }

        void leave() {
            Disposable mine = here;
            if (mine != null) {
                mine.dispose();
                ended = true;
            }
        }
    }

    @Operation
    public void come(@Param(name = "guest") int guest) {
        guests.get(guest).come();
    }

    @Operation
    public void answer(@Param(name = "guest") int guest) {
        guests.get(guest).answer();
    }

    @Operation
    public void fail(@Param(name = "guest") int guest) {
        guests.get(guest).fail();
    }

    @Operation
    public void leave(@Param(name = "guest") int guest) {
        guests.get(guest).leave();
    }

    @Validate
    public void oneAsksWhileSomebodyWaits() {
        long waiting = guests.stream()
                .filter(guest -> guest.came.get() && !guest.ended)
                .count();
        int ask = asking.get();
        if (twoAsked || flights.count() != ask || (waiting > 0) != (ask == 1)) {
            throw new IllegalStateException(
                    waiting + " wait, " + ask + " ask, " + flights.count() + " under way, two asked: " + twoAsked);
        }
    }

    @Test
    void noInterleavingAsksTwiceOrForgetsAGuest() {
        Interleavings.check(FlightsInterleavingTest.class, 2);
    }
}
