package io.penstock.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Netty's leak detector at its strictest, for every buffer of this module's tests; the build names it to Netty. */
public final class LeakWatch<T> extends ResourceLeakDetector<T> {

    private static final List<String> LEAKS = new CopyOnWriteArrayList<>();

    /** As Netty makes it. */
    public LeakWatch(Class<?> resource, int interval) {
        super(resource, interval);
    }

    @Override
    protected void reportTracedLeak(String resource, String records) {
        LEAKS.add(resource + records);
    }

    @Override
    protected void reportUntracedLeak(String resource) {
        LEAKS.add(resource);
    }

    /** Proves that the watch is on and that nothing that was collected had been forgotten to be released. */
    static void requireNone() {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(Level.PARANOID);
        collect();
        assertThat(LEAKS).isEmpty();
    }

    /** Proves that a forgotten buffer would be found. */
    static void requireThatItBites() {
        int before = LEAKS.size();
        forget();
        collect();
        assertThat(LEAKS).hasSizeGreaterThan(before);
        LEAKS.clear();
    }

    private static void forget() {
        ByteBufAllocator.DEFAULT.directBuffer(64).writeByte(1);
    }

    private static void collect() {
        for (int i = 0; i < 5; i++) {
            System.gc();
            ByteBufAllocator.DEFAULT.directBuffer(64).release(); // each new buffer asks for the lost ones
        }
    }
}
