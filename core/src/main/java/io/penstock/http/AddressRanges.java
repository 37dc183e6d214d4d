package io.penstock.http;

import io.penstock.error.AccessDenied.BlockedDestination;
import java.util.Arrays;
import java.util.List;

/** Which addresses are not part of the public internet (the special-purpose registries of RFC 6890). */
final class AddressRanges {

    private static final List<Range> SPECIAL = List.of(
            Range.of("0.0.0.0", 8),
            Range.of("10.0.0.0", 8),
            Range.of("100.64.0.0", 10),
            Range.of("127.0.0.0", 8),
            Range.of("169.254.0.0", 16),
            Range.of("172.16.0.0", 12),
            Range.of("192.0.0.0", 24),
            Range.of("192.0.2.0", 24),
            Range.of("192.88.99.0", 24),
            Range.of("192.168.0.0", 16),
            Range.of("198.18.0.0", 15),
            Range.of("198.51.100.0", 24),
            Range.of("203.0.113.0", 24),
            Range.of("224.0.0.0", 4),
            Range.of("240.0.0.0", 4),
            Range.six(128),
            Range.six(10, 0xfe, 0x80),
            Range.six(7, 0xfc),
            Range.six(8, 0xff),
            Range.six(32, 0x20, 0x01, 0x0d, 0xb8));

    private static final Range LOOPBACK_SIX = Range.six(128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    private static final Range MAPPED = Range.six(96, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff);
    private static final Range COMPATIBLE = Range.six(96);
    private static final Range TRANSLATED = Range.six(96, 0, 0x64, 0xff, 0x9b);
    private static final Range SIX_TO_FOUR = Range.six(16, 0x20, 0x02);

    private AddressRanges() {}

    /** Throws {@link BlockedDestination} naming the host if its address is not public. */
    static void requirePublic(String host, byte[] address) {
        if (isSpecial(address)) {
            throw new BlockedDestination(
                    "a link from the server leads to " + host
                            + ", which is a private or special address: if that is meant, name its origin in the configuration");
        }
    }

    /** Whether a packet to {@code address} would stay in a private network, this machine, or a special range. */
    static boolean isSpecial(byte[] address) {
        if (address.length == 16) {
            if (MAPPED.holds(address) || TRANSLATED.holds(address)) {
                return isSpecial(Arrays.copyOfRange(address, 12, 16));
            }
            if (SIX_TO_FOUR.holds(address)) {
                return isSpecial(Arrays.copyOfRange(address, 2, 6));
            }
            if (LOOPBACK_SIX.holds(address) || COMPATIBLE.holds(address)) {
                return true;
            }
        }
        return SPECIAL.stream().anyMatch(range -> range.holds(address));
    }

    /** The addresses that begin with the first {@code bits} of {@code start}. */
    private record Range(List<Integer> start, int bits) {

        static Range of(String dotted, int bits) {
            return new Range(
                    Arrays.stream(dotted.split("\\.", -1)).map(Integer::valueOf).toList(), bits);
        }

        static Range six(int bits, int... first) {
            int[] start = Arrays.copyOf(first, 16);
            return new Range(Arrays.stream(start).boxed().toList(), bits);
        }

        boolean holds(byte[] address) {
            if (address.length != start.size()) {
                return false;
            }
            for (int i = 0; i * 8 < bits; i++) {
                int mask = bits - i * 8 >= 8 ? 0xFF : (0xFF00 >> (bits - i * 8)) & 0xFF;
                if (((address[i] ^ start.get(i)) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
