package io.penstock.record;

/**
 * Where a slice stands: an opaque text that the source wrote and only the source reads.
 *
 * <p>A sink makes it durable together with the records it covers. It holds no secret.
 *
 * @param text by convention one JSON object; at most 16 MiB of UTF-8
 */
public record Cursor(String text) {

    /** The most characters a cursor may have. */
    public static final int LONGEST = 16 << 20;

    /**
     * Judges the size.
     *
     * @throws IllegalArgumentException if the text is longer than {@link #LONGEST}
     */
    public Cursor {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a cursor holds at most " + LONGEST + " characters, but this one has " + text.length());
        }
    }
}
