package io.penstock.http.outbound;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses are not part of the public internet (the special-purpose registries of RFC 6890).
 *
 * <p>An IPv6 address is public only inside 2000::/3, where the special blocks are taken out; one that carries an IPv4 address
 * inside it is judged as that.
 */
final class AddressRanges {

    private static final List<Cidr> SPECIAL = blocks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "2001::/23", // protocol assignments, Teredo's tunnels among them
            "2001:db8::/32",
            "3fff::/20");

    private static final Cidr PUBLIC_SIX = Cidr.of("2000::/3");
    private static final Cidr TRANSLATED = Cidr.of("64:ff9b::/96");
    private static final Cidr SIX_TO_FOUR = Cidr.of("2002::/16");

    private AddressRanges() {}

    private static List<Cidr> blocks(String... texts) {
        return Stream.of(texts).map(Cidr::of).toList();
    }

    /** Whether a packet to {@code address} would stay in a private network, this machine, or a special range. */
    static boolean isSpecial(byte[] address) {
        byte[] meant = embedded(address);
        if (meant.length == 4) {
            return anyHolds(SPECIAL, meant);
        }
        return !PUBLIC_SIX.holds(meant) || anyHolds(SPECIAL, meant) || (isatap(meant) && isSpecial(last(meant)));
    }

    /** Whether one of {@code blocks} holds the address, or the IPv4 address inside it. */
    static boolean anyHolds(List<Cidr> blocks, byte[] address) {
        byte[] meant = embedded(address);
        return blocks.stream().anyMatch(block -> block.holds(address) || block.holds(meant));
    }

    /** The IPv4 address that an IPv6 address stands for, or {@code address} itself. */
    private static byte[] embedded(byte[] address) {
        if (address.length != 16) {
            return address;
        }
        if (mapped(address) || TRANSLATED.holds(address)) {
            return last(address);
        }
        return SIX_TO_FOUR.holds(address) ? Arrays.copyOfRange(address, 2, 6) : address;
    }

    /** ::ffff:0:0/96 (RFC 4291, section 2.5.5.2). */
    private static boolean mapped(byte[] address) {
        for (int i = 0; i < 10; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return address[10] == (byte) 0xFF && address[11] == (byte) 0xFF;
    }

    /** RFC 5214: any prefix may lead to a tunnel that ends at the IPv4 address in the last four bytes. */
    private static boolean isatap(byte[] address) {
        return (address[8] & 0xFD) == 0 && address[9] == 0 && address[10] == 0x5E && address[11] == (byte) 0xFE;
    }

    private static byte[] last(byte[] address) {
        return Arrays.copyOfRange(address, 12, 16);
    }
}
