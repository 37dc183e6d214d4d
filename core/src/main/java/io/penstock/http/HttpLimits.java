package io.penstock.http;

import java.util.EnumMap;
import java.util.Map;

/**
 * How large an answer may be.
 *
 * <p>Immutable. Start from {@link #DEFAULT}. Memory for one answer stays within {@link Limit#PAGE_BUFFER} and a little more,
 * whatever the others allow: larger bodies are streamed.
 */
public final class HttpLimits {

    /** A thing that is limited. */
    public enum Limit {
        /** Bytes of a body on the wire; default 256 MiB. */
        WIRE_BYTES(256L << 20),
        /** Bytes of a body after decompression; default 1 GiB. */
        INFLATED_BYTES(1L << 30),
        /** Inflated bytes for each byte on the wire, judged after the first MiB; default 200. */
        INFLATE_RATIO(200),
        /** Bytes up to which a body is held until it is proven, as long as all together stay within a quarter of the heap; default 16 MiB. */
        PAGE_BUFFER(16L << 20),
        /** Bytes of one header field, and of the status line; default 16 KiB. */
        HEADER_LINE(16L << 10),
        /** Bytes of the whole header section; default 64 KiB. */
        HEADER_BLOCK(64L << 10),
        /** Header fields; default 200. */
        HEADERS(200),
        /** Interim (1xx) answers before the final one; default 16. */
        INTERIM(16);

        private final long usual;

        Limit(long usual) {
            this.usual = usual;
        }

        /** Whether it is about bodies, and may differ from client to client; those of header sections belong to a transport. */
        public boolean ofBody() {
            return this == WIRE_BYTES || this == INFLATED_BYTES || this == INFLATE_RATIO || this == PAGE_BUFFER;
        }
    }

    /** The defaults named at each {@link Limit}. */
    public static final HttpLimits DEFAULT = new HttpLimits(usual());

    private final Map<Limit, Long> limits;

    private HttpLimits(Map<Limit, Long> limits) {
        this.limits = limits;
    }

    private static Map<Limit, Long> usual() {
        Map<Limit, Long> limits = new EnumMap<>(Limit.class);
        for (Limit limit : Limit.values()) {
            limits.put(limit, limit.usual);
        }
        return limits;
    }

    /**
     * These limits with another one for {@code limit}.
     *
     * @throws IllegalArgumentException if {@code most} is below 1, or above 1 GiB for what is held in memory
     */
    public HttpLimits with(Limit limit, long most) {
        boolean counted = limit == Limit.WIRE_BYTES || limit == Limit.INFLATED_BYTES || limit == Limit.INFLATE_RATIO;
        if (most < 1 || (!counted && most > 1L << 30)) {
            throw new IllegalArgumentException("the limit " + limit + " must be at least 1"
                    + (counted ? "" : " and at most 1 GiB") + ", but was " + most);
        }
        Map<Limit, Long> changed = new EnumMap<>(limits);
        changed.put(limit, most);
        return new HttpLimits(changed);
    }

    /** The most that is allowed of {@code limit}. */
    public long of(Limit limit) {
        return limits.getOrDefault(limit, limit.usual);
    }

    @Override
    public String toString() {
        return "HttpLimits" + limits;
    }
}
