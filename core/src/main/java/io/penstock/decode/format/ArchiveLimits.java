package io.penstock.decode.format;

/**
 * How much an archive may hold.
 *
 * @param inflatedBytes bytes of all entries together after decompression
 * @param ratio inflated bytes for each byte of the archive, judged after the first MiB
 * @param entries files in it
 */
public record ArchiveLimits(long inflatedBytes, int ratio, int entries) {

    /** 1 GiB, 200 to one, 10,000 entries. */
    public static final ArchiveLimits DEFAULT = new ArchiveLimits(1L << 30, 200, 10_000);

    /**
     * Judges all together.
     *
     * @throws IllegalArgumentException if one is below 1
     */
    public ArchiveLimits {
        if (inflatedBytes < 1 || ratio < 1 || entries < 1) {
            throw new IllegalArgumentException(
                    "limits of an archive are at least 1, but were " + inflatedBytes + ", " + ratio + ", " + entries);
        }
    }
}
