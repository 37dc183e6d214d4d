package io.penstock.http;

import io.penstock.message.Glimpse;
import io.penstock.record.HeldBytes;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the bytes of a body on the heap: all of them up to a limit, beyond it in chunks that leave one by one.
 *
 * <p>A body whose length is known is copied once, into an array of just that length. The limit is the body's own, or what all
 * pages together leave of {@link HeldBytes}, whichever comes first; the first {@value #ALWAYS} bytes are always held. Counted is
 * every byte from the first one on. For one thread at a time.
 */
final class PageBuffer implements AutoCloseable {

    /** The largest chunk of a body that is too large to be held. */
    static final int CHUNK = 512 << 10;

    /** A body up to this size is held whatever the others hold. */
    static final int ALWAYS = 256 << 10;

    private static final int FIRST = 16 << 10;

    private final ArrayDeque<byte[]> full = new ArrayDeque<>(1);
    private final long mostHeld;
    private final HeldBytes all;
    private long taken;
    private byte[] segment;
    private int used;
    private long fullBytes;
    private boolean streaming;

    /**
     * An empty buffer.
     *
     * @param expected how many bytes will come, or -1
     * @param mostHeld how many may be held
     * @param all what this body and others may hold together
     */
    PageBuffer(long expected, long mostHeld, HeldBytes all) {
        this.mostHeld = mostHeld;
        this.all = all;
        this.streaming = expected > mostHeld || !mayHold(expected >= 0 ? expected : FIRST);
        this.segment = new byte[streaming ? CHUNK : expected >= 0 ? (int) expected : FIRST];
        if (streaming) {
            count(CHUNK);
        }
    }

    private boolean mayHold(long bytes) {
        if (bytes <= Math.max(ALWAYS, taken)) {
            count(Math.max(bytes, taken));
            return true;
        }
        boolean granted = all.take(bytes - taken);
        taken = granted ? bytes : taken;
        return granted;
    }

    private void count(long bytes) {
        all.add(bytes - taken);
        taken = bytes;
    }

    /** The array that the next bytes go to, from {@link #position} on; never full. */
    byte[] room() {
        if (used == segment.length) {
            next();
        }
        return segment;
    }

    /** Where the next byte goes; ask for {@link #room} first. */
    int position() {
        return used;
    }

    /** Says that {@code count} bytes have been put into {@link #room}. */
    void wrote(int count) {
        used += count;
        streaming |= fullBytes + used > mostHeld;
    }

    private void next() {
        if (used > 0) {
            full.add(segment);
            fullBytes += used;
        }
        segment = new byte[Math.min(CHUNK, Math.max(FIRST, used * 2))];
        used = 0;
        streaming = streaming || !mayHold(2 * (fullBytes + segment.length)); // twice, for they are joined at the end
    }

    /** Shows the beginning of what is held, as long as it lies in one piece; whether to show more. */
    boolean show(Glimpse to) {
        return full.isEmpty() && !streaming && (used == 0 || to.sees(segment, used));
    }

    /** Puts bytes of ISO-8859-1 as UTF-8. */
    void latin1(byte b) {
        if (b >= 0) {
            put(b);
        } else {
            put((byte) (0xC0 | ((b & 0xFF) >> 6)));
            put((byte) (0x80 | (b & 0x3F)));
        }
    }

    private void put(byte b) {
        room()[used] = b;
        wrote(1);
    }

    /** Whether more has come than is held, so that chunks must leave. */
    boolean streaming() {
        return streaming;
    }

    /** Takes a chunk out, or null if none is full or all may still be held. */
    byte @Nullable [] chunk() {
        if (!streaming) {
            return null;
        }
        if (full.isEmpty() && used == segment.length) {
            next();
        }
        byte[] oldest = full.poll();
        if (oldest == null) {
            count(segment.length);
        }
        return oldest;
    }

    /** Takes all that is left out, in one array of just its length. */
    byte[] rest() {
        if (full.isEmpty()) {
            return used == segment.length ? segment : Arrays.copyOf(segment, used);
        }
        byte[] whole = new byte[Math.toIntExact(fullBytes + used)];
        int at = 0;
        for (byte[] part : full) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        System.arraycopy(segment, 0, whole, at, used);
        return whole;
    }

    /** Gives back what was taken from {@link HeldBytes}; may be called more than once. */
    @Override
    public void close() {
        all.give(taken);
        taken = 0;
    }
}
