package io.penstock.decode;

/** Finds the end of a field's name and a hash of its bytes. */
final class NameScan {

    private static final long SEED = 0x2545F4914F6CDD1DL;
    private static final long ODD = 0x9E3779B97F4A7C15L;

    private final TextScan text;
    private long hash;
    private boolean escaped;
    private boolean lone;

    NameScan(TextScan text) {
        this.text = text;
    }

    /** A hash of the name; one to one for names of less than eight bytes, given their length. */
    long hash() {
        return hash;
    }

    /** Whether the name has an escape, so that its bytes alone do not tell whether it equals another. */
    boolean escaped() {
        return escaped;
    }

    /** Whether the name has half a surrogate pair. */
    boolean lone() {
        return lone;
    }

    /** The index of the closing quote, or -1 if the bytes ran out before. */
    int close(byte[] bytes, int from, int to) {
        long h = SEED;
        for (int p = from; p <= to - 8; p += 8) {
            long word = Words.at(bytes, p);
            long special = Words.special(word);
            if (special != 0) {
                int plain = Words.index(special);
                if (bytes[p + plain] != '"') {
                    break;
                }
                hash = mix(h, word & ((1L << (8 * plain)) - 1));
                escaped = false;
                return p + plain;
            }
            h = mix(h, word);
        }
        return slow(bytes, from, to);
    }

    private int slow(byte[] bytes, int from, int to) {
        text.start();
        int close = text.close(bytes, from, to);
        if (close < 0) {
            return -1;
        }
        escaped = text.escaped();
        lone = text.lone();
        hash = hash(bytes, from, close);
        return close;
    }

    /** The same hash, byte by byte at the end. */
    private static long hash(byte[] bytes, int from, int to) {
        long h = SEED;
        int p = from;
        for (; p <= to - 8; p += 8) {
            h = mix(h, Words.at(bytes, p));
        }
        long word = 0;
        for (int i = 0; p + i < to; i++) {
            word |= (bytes[p + i] & 0xFFL) << (8 * i);
        }
        return mix(h, word);
    }

    private static long mix(long hash, long word) {
        long h = (hash ^ word) * ODD;
        return h ^ h >>> 32;
    }
}
