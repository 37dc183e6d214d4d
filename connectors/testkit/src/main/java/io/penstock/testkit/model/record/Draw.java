package io.penstock.testkit.model.record;

/**
 * Numbers that follow from a key and nothing else (SplitMix64). Not safe for concurrent use; cheap to {@linkplain
 * #restart restart} for each record.
 */
public final class Draw {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    /** Starts over from {@code key}. */
    public Draw restart(long key) {
        state = key;
        return this;
    }

    /** The next 64 bits. */
    public long next() {
        state += GOLDEN;
        return mix(state);
    }

    /** The next number from 0 (inclusive) to {@code bound} (exclusive). */
    public int below(int bound) {
        return scale(next(), bound);
    }

    /** True in about {@code percent} of 100 calls. */
    public boolean chance(int percent) {
        return below(100) < percent;
    }

    /** One of {@code choices}. */
    public byte[] of(byte[][] choices) {
        return choices[below(choices.length)];
    }

    /** Brings the upper half of {@code bits} into the range from 0 (inclusive) to {@code bound} (exclusive). */
    public static int scale(long bits, int bound) {
        return (int) (((bits >>> 32) * bound) >>> 32);
    }

    /** Scatters all bits of {@code value}; equal in, equal out. */
    public static long mix(long value) {
        long mixed = value;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** One number that follows from three. */
    public static long mix(long a, long b, long c) {
        return mix(mix(a + b * GOLDEN) + c * 0xD1B54A32D192ED03L);
    }
}
