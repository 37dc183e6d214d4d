package io.penstock.auth.broker;

import io.penstock.auth.AuthMeans;
import io.penstock.config.Secret;
import io.penstock.linear.Interleavings;
import io.penstock.message.ApiRequest;
import io.penstock.message.Method;
import io.penstock.store.Vault;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
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
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Row U1: callers come and leave, the token call goes out and is answered, in every interleaving that a model checker finds: never are
 * two calls under way, and nobody waits while none is. Budget: 15 s.
 */
@Param(name = "guest", gen = IntGen.class, conf = "0:2")
public class BrokerInterleavingTest {

    private static final ApiRequest REQUEST = ApiRequest.of(Method.GET, URI.create("https://api.example.com/a"));

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final AtomicInteger asking = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean twoAsked;
    private volatile @Nullable Call open;
    private final Broker broker = Broker.of(
            "identity",
            (none, going) -> Mono.defer(() -> ask(going)),
            new AuthMeans(
                    (request, going) -> Mono.never(),
                    new AuthMeans.Time(time, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), new SplittableRandom(1)),
                    Vault.inMemory(time),
                    "owner",
                    secret -> {}));
    private final List<Guest> guests =
            IntStream.range(0, 3).mapToObj(number -> new Guest()).toList();

    /** A token call. */
    private static final class Call {
        private final Sinks.One<Issued> wire = Sinks.one();
        private final Runnable going;
        private volatile boolean out;

        Call(Runnable going) {
            this.going = going;
        }
    }

    private Mono<Issued> ask(Runnable going) {
        calls.incrementAndGet();
        twoAsked |= asking.incrementAndGet() > 1;
        AtomicBoolean mine = new AtomicBoolean(true);
        Runnable over = () -> asking.addAndGet(mine.getAndSet(false) ? -1 : 0);
        Call call = new Call(going);
        open = call;
        return call.wire.asMono().doOnTerminate(over).doOnCancel(over);
    }

    private final class Guest {

        private final AtomicBoolean came = new AtomicBoolean();
        private volatile @Nullable Disposable here;
        private volatile boolean ended;

        void come() {
            if (came.compareAndSet(false, true)) {
                here = broker.authorise(REQUEST).subscribe(request -> ended = true, failure -> ended = true);
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
    public void leave(@Param(name = "guest") int guest) {
        guests.get(guest).leave();
    }

    @Operation
    public void goOut() {
        Call call = open;
        if (call != null) {
            call.going.run();
            call.out = true;
        }
    }

    @Operation
    public void answer() {
        Call call = open;
        if (call != null) {
            call.wire.tryEmitValue(new Issued(Secret.of("token"), Optional.empty(), Optional.empty()));
        }
    }

    @Validate
    public void oneAsksWhileSomebodyWaits() {
        long waiting = guests.stream()
                .filter(guest -> guest.came.get() && !guest.ended)
                .count();
        int ask = asking.get();
        if (twoAsked || ask > 1 || (waiting > 0 && ask != 1)) {
            throw new IllegalStateException(
                    waiting + " wait, " + ask + " of " + calls.get() + " calls are under way, two asked: " + twoAsked);
        }
    }

    @Test
    void noInterleavingRenewsTwiceOrForgetsACaller() {
        Interleavings.check(BrokerInterleavingTest.class, 2);
    }
}
