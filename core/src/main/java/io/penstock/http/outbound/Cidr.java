package io.penstock.http.outbound;

import io.netty.util.NetUtil;
import java.util.Arrays;

/**
 * A block of addresses, written as RFC 4632 and RFC 4291 do: {@code 10.0.0.0/8}, {@code fd00::/8}.
 *
 * <p>Immutable.
 */
public final class Cidr {

    private final byte[] network;
    private final int bits;
    private final String text;

    private Cidr(byte[] network, int bits, String text) {
        this.network = network;
        this.bits = bits;
        this.text = text;
    }

    /**
     * Reads a block; a single address is a block of one.
     *
     * @throws IllegalArgumentException if it is none, has bits set behind its prefix, or would hold every address
     */
    public static Cidr of(String text) {
        String[] parts = text.trim().split("/", 2);
        byte[] network = HostNames.literal(parts[0]);
        if (network == null) {
            throw new IllegalArgumentException(
                    "expected a block of addresses such as 10.0.0.0/8 or fd00::/8, found '" + text + "'");
        }
        int most = network.length * 8;
        int bits = parts.length == 1 ? most : bits(parts[1], most, text);
        Cidr block = new Cidr(network, bits, text.trim());
        if (!Arrays.equals(block.masked(network), network)) {
            throw new IllegalArgumentException(
                    "the block " + text + " has bits set behind its prefix: write " + block.plain());
        }
        return block;
    }

    private static int bits(String written, int most, String text) {
        if (!written.matches("[1-9]\\d{0,2}") || Integer.parseInt(written) > most) {
            throw new IllegalArgumentException("the prefix of a block is 1 to " + most + " bits, found '" + text
                    + "': name the addresses you mean");
        }
        return Integer.parseInt(written);
    }

    private String plain() {
        return NetUtil.bytesToIpAddress(masked(network)) + "/" + bits;
    }

    private byte[] masked(byte[] address) {
        byte[] kept = new byte[address.length];
        for (int i = 0; i * 8 < bits; i++) {
            int mask = bits - i * 8 >= 8 ? 0xFF : (0xFF00 >> (bits - i * 8)) & 0xFF;
            kept[i] = (byte) (address[i] & mask);
        }
        return kept;
    }

    /** Whether {@code address}, of 4 or 16 bytes, lies in this block. */
    boolean holds(byte[] address) {
        return address.length == network.length && Arrays.equals(masked(address), network);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cidr block && block.bits == bits && Arrays.equals(block.network, network);
    }

    @Override
    public int hashCode() {
        return 31 * bits + Arrays.hashCode(network);
    }

    @Override
    public String toString() {
        return text;
    }
}
