package io.penstock.http.outbound;

import io.netty.util.NetUtil;
import io.penstock.error.AccessDenied.BlockedDestination;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a host may be written in a URL that came from a peer: so that every program reads it as the same place. */
final class HostNames {

    private static final int LONGEST = 253;
    private static final Pattern DOTTED = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
    private static final Pattern NAME = Pattern.compile("(?!-)[a-z0-9_-]{1,63}(\\.(?!-)[a-z0-9_-]{1,63})*");
    private static final Pattern ENDS_AS_NUMBER = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)");
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final Set<String> METADATA = Set.of(
            "metadata.google.internal",
            "metadata.goog",
            "metadata",
            "metadata.azure.internal",
            "metadata.platformequinix.com",
            "metadata.packet.net",
            "metadata.tencentyun.com",
            "rancher-metadata",
            "instance-data",
            "instance-data.ec2.internal");

    private HostNames() {}

    /** Refuses metadata services, and hosts that different programs read differently. */
    static void requireOrdinary(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        if (METADATA.contains(lower)) {
            throw new BlockedDestination("a link from the server leads to a metadata service: " + host);
        }
        if (!ordinary(lower)) {
            throw new BlockedDestination(
                    "a link from the server leads to a host that is not written as a plain name or address: " + host);
        }
    }

    private static boolean ordinary(String host) {
        if (host.startsWith("[")) {
            return literal(host) != null;
        }
        return ENDS_AS_NUMBER.matcher(host).matches()
                ? literal(host) != null
                : host.length() <= LONGEST && NAME.matcher(host).matches();
    }

    /** The address that a host means whoever resolves it: a literal, or this machine (RFC 6761); null for other names. */
    static byte @Nullable [] address(String host) {
        return host.equals("localhost") || host.endsWith(".localhost") ? LOOPBACK.clone() : literal(host);
    }

    /** The bytes of an address written in the one plain form of its kind, in brackets or not; null for anything else. */
    static byte @Nullable [] literal(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        if (bare.indexOf('%') >= 0) {
            return null; // an interface of this machine is nobody else's business
        }
        if (bare.indexOf(':') >= 0) {
            return NetUtil.isValidIpV6Address(bare) ? NetUtil.createByteArrayFromIpAddressString(bare) : null;
        }
        boolean dotted = !bracketed && DOTTED.matcher(bare).matches() && NetUtil.isValidIpV4Address(bare);
        return dotted ? NetUtil.createByteArrayFromIpAddressString(bare) : null;
    }
}
