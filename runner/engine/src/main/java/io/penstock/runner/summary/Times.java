package io.penstock.runner.summary;

import io.penstock.observe.WaitReason;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the time of a stream went.
 *
 * @param wall from its first slice's start to its last one's end, or to now
 * @param lanes the wall time of all its lanes together: one lane is one slice being read
 * @param waits what the lanes did in that time
 * @param now what most of its lanes are waiting for at the moment; empty when none is open
 */
public record Times(Duration wall, Duration lanes, Map<WaitReason, Duration> waits, Optional<WaitReason> now) {

    /** Copies the map. */
    public Times {
        Map<WaitReason, Duration> copy = new EnumMap<>(WaitReason.class);
        copy.putAll(waits);
        waits = java.util.Collections.unmodifiableMap(copy);
    }

    /** The time of lanes that no reason accounts for. */
    public Duration unattributed() {
        return lanes.minus(waits.values().stream().reduce(Duration.ZERO, Duration::plus));
    }
}
