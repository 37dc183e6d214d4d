package io.penstock.runner.slice;

import io.penstock.observe.Lane;
import io.penstock.observe.WaitReason;
import reactor.core.publisher.Mono;

/**
 * Keeps a lane on {@link WaitReason#SINK} while the sink is what holds it up.
 *
 * <p>A page may be on its way while the sink works. As long as it is, the lane shows what that page is doing, as soon as it has
 * arrived and waits for the sink, the sink. Signals of one slice come one at a time but for that overlap.
 */
final class SinkTime {

    private final Lane lane;
    private WaitReason before = WaitReason.LIMIT;
    private boolean busy;

    SinkTime(Lane lane) {
        this.lane = lane;
    }

    <T> Mono<T> around(Mono<T> work) {
        return Mono.defer(() -> {
                    begin();
                    return work;
                })
                .doOnTerminate(this::end);
    }

    /** A page has arrived; if the sink is busy, it is now what the lane waits for. */
    synchronized void arrived() {
        if (busy) {
            before = lane.waits().now() == WaitReason.SINK
                    ? before
                    : lane.waits().now();
            lane.waits().on(WaitReason.SINK);
        }
    }

    private synchronized void begin() {
        busy = true;
        before = lane.waits().now() == WaitReason.SINK ? before : lane.waits().now();
        lane.waits().on(WaitReason.SINK);
    }

    private synchronized void end() {
        busy = false;
        if (lane.waits().now() == WaitReason.SINK) {
            lane.waits().on(before);
        }
    }
}
