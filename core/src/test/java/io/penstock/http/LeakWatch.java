package io.penstock.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** Netty's leak detector at its strictest, for every buffer of this module's tests; the build names it to Netty. */
public final class LeakWatch<T> extends ResourceLeakDetector<T> {

    private static final String PLANTED = "planted by a test";
    private static final List<String> LEAKS = new CopyOnWriteArrayList<>();
    private static final List<String> PLANTS = new CopyOnWriteArrayList<>();

    /** As Netty makes it. */
    public LeakWatch(Class<?> resource, int interval) {
        super(resource, interval);
    }

    @Override
    protected void reportTracedLeak(String resource, String records) {
        (records.contains(PLANTED) ? PLANTS : LEAKS).add(resource + records);
    }

    @Override
    protected void reportUntracedLeak(String resource) {
        LEAKS.add(resource);
    }

    /** Proves that the watch is on and that nothing that was collected had been forgotten to be released. */
    static void requireNone() {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(Level.PARANOID);
        requireThatItBites(); // what was forgotten before the plant is reported with it
        assertThat(LEAKS).isEmpty();
    }

    /** Proves that a forgotten buffer would be found. */
    static void requireThatItBites() {
        PLANTS.clear();
        forget();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(LeakWatch::found);
    }

    private static void forget() {
        ByteBufAllocator.DEFAULT.directBuffer(64).writeByte(1).touch(PLANTED);
    }

    /** The JVM tells of what it has collected on a thread of its own, some time after the collection. */
    private static boolean found() {
        System.gc();
        ByteBufAllocator.DEFAULT.directBuffer(64).release(); // each new buffer asks for the lost ones
        return !PLANTS.isEmpty();
    }
}
