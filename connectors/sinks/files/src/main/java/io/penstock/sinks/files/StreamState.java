package io.penstock.sinks.files;

import io.penstock.parts.directory.SliceState;
import io.penstock.record.StreamId;
import java.util.Optional;

/**
 * What is committed of one stream.
 *
 * @param file the name of its file in the directory
 * @param current what readers see
 * @param next what a run that replaces everything has committed so far
 * @param swapping whether {@code next} is taking the place of {@code current}: decided, perhaps not yet carried out
 */
record StreamState(StreamId id, String file, Generation current, Optional<Generation> next, boolean swapping) {

    /** A stream that was never written. */
    static StreamState of(StreamId id, String file) {
        return new StreamState(id, file, Generation.EMPTY, Optional.empty(), false);
    }

    /** The part that a stage writes to. */
    Generation generation(boolean replacing) {
        return replacing ? next.orElse(Generation.EMPTY) : current;
    }

    /** The same with another part that a stage writes to. */
    StreamState with(boolean replacing, Generation generation) {
        return replacing ? withNext(Optional.of(generation)) : withCurrent(generation);
    }

    /** The same with another visible part. */
    StreamState withCurrent(Generation generation) {
        return new StreamState(id, file, generation, next, swapping);
    }

    /** The same with another replacement under way. */
    StreamState withNext(Optional<Generation> generation) {
        return new StreamState(id, file, current, generation, false);
    }

    /** The replacement is decided. */
    StreamState decided() {
        return new StreamState(id, file, current, next, true);
    }

    /** The replacement has been carried out. */
    StreamState swapped() {
        return new StreamState(id, file, next.orElse(Generation.EMPTY), Optional.empty(), false);
    }

    /** Where a slice stands for a stage: a replacing run counts on from the versions before it. */
    SliceState slice(String key, boolean replacing) {
        SliceState before = current.slices().getOrDefault(key, SliceState.NOTHING);
        return generation(replacing).slices().getOrDefault(key, before);
    }
}
