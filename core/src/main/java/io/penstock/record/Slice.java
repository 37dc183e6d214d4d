package io.penstock.record;

/**
 * A separately readable part of a stream, with what its source must know to read it on any machine.
 *
 * @param id stable from run to run
 * @param spec a small versioned JSON text that only the source reads; holds no secret; may be empty
 */
public record Slice(SliceId id, String spec) {

    /** A slice that its id describes wholly. */
    public static Slice of(SliceId id) {
        return new Slice(id, "");
    }
}
