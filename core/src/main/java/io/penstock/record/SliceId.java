package io.penstock.record;

/**
 * Names a separately readable part of a stream; stable from run to run, because cursors are kept under it.
 *
 * @param stream the stream it is a part of
 * @param key tells it from the stream's other slices, such as {@code account=42/2026-10}; {@link #ALL} for an undivided one
 */
public record SliceId(StreamId stream, String key) {

    /** The key of the only slice of a stream that is not divided. */
    public static final String ALL = "all";

    /**
     * Judges the key.
     *
     * @throws IllegalArgumentException if it is blank, too long or holds a control character
     */
    public SliceId {
        Names.require("a slice's key", key);
    }

    @Override
    public String toString() {
        return stream + "/" + key;
    }
}
