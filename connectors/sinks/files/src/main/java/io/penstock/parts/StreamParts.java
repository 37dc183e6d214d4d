package io.penstock.parts;

import io.penstock.parts.directory.SliceState;
import io.penstock.record.StreamId;
import java.util.List;
import java.util.Optional;

/**
 * What is committed of one stream.
 *
 * @param folder where readers find its parts, in the directory
 * @param current what readers see
 * @param next what a run that replaces everything has committed so far; its parts lie where nobody looks
 * @param retired paths of parts whose place was taken, and which are perhaps still there
 */
record StreamParts(
        StreamId id, String folder, PartsGeneration current, Optional<PartsGeneration> next, List<String> retired) {

    /** Copies the list. */
    StreamParts {
        retired = List.copyOf(retired);
    }

    /** A stream that was never written. */
    static StreamParts of(StreamId id, String folder) {
        return new StreamParts(id, folder, PartsGeneration.EMPTY, Optional.empty(), List.of());
    }

    /** What a stage adds to. */
    PartsGeneration generation(boolean replacing) {
        return replacing ? next.orElse(PartsGeneration.EMPTY) : current;
    }

    /** The same with other parts that a stage adds to. */
    StreamParts with(boolean replacing, PartsGeneration generation) {
        return replacing
                ? new StreamParts(id, folder, current, Optional.of(generation), retired)
                : new StreamParts(id, folder, generation, next, retired);
    }

    /** The replacement is decided: its parts are those that count. */
    StreamParts decided() {
        List<String> old = current.parts().stream().map(Part::path).toList();
        return new StreamParts(id, folder, generation(true), Optional.empty(), old);
    }

    /** The same once nothing is left that does not count. */
    StreamParts settled() {
        return new StreamParts(id, folder, current, Optional.empty(), List.of());
    }

    /** Where a slice stands for a stage: a replacing run counts on from the versions before it. */
    SliceState slice(String key, boolean replacing) {
        SliceState before = current.slices().getOrDefault(key, SliceState.NOTHING);
        return generation(replacing).slices().getOrDefault(key, before);
    }
}
