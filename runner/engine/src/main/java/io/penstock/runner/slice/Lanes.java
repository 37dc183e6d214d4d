package io.penstock.runner.slice;

import io.penstock.observe.Lane;
import io.penstock.observe.RetryCause;
import io.penstock.observe.WaitReason;
import io.penstock.runner.summary.Times;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;

/** The lanes of one stream, added up; a lane that has ended is kept as a sum only. Safe for concurrent use. */
final class Lanes {

    private final Scheduler timer;
    private final Set<Lane> open = new LinkedHashSet<>();
    private final Map<WaitReason, Duration> ended = new EnumMap<>(WaitReason.class);
    private long requests;
    private final Map<RetryCause, Long> retries = new EnumMap<>(RetryCause.class);
    private long drifts;
    private long repairs;
    private long skippedParents;
    private Duration total = Duration.ZERO;
    private long firstBegin = -1;
    private long lastEnd = -1;

    Lanes(Scheduler timer) {
        this.timer = timer;
    }

    synchronized void begin(Lane lane) {
        open.add(lane);
        firstBegin = firstBegin < 0 ? timer.now(TimeUnit.NANOSECONDS) : firstBegin;
    }

    synchronized void end(Lane lane) {
        if (open.remove(lane)) {
            lane.waits().end();
            add(lane, ended);
            total = total.plus(lane.waits().total());
            requests += lane.requests();
            addRetries(lane, retries);
            drifts += lane.drifts();
            repairs += lane.repairs();
            skippedParents += lane.skippedParents();
            lastEnd = timer.now(TimeUnit.NANOSECONDS);
        }
    }

    synchronized long requests() {
        return requests + open.stream().mapToLong(Lane::requests).sum();
    }

    /** Repeats by cause; causes that did not occur are left out. */
    synchronized Map<RetryCause, Long> retries() {
        Map<RetryCause, Long> sums = new EnumMap<>(RetryCause.class);
        sums.putAll(retries);
        open.forEach(lane -> addRetries(lane, sums));
        return sums;
    }

    private static void addRetries(Lane lane, Map<RetryCause, Long> sums) {
        for (RetryCause cause : RetryCause.values()) {
            long more = lane.retries(cause);
            if (more > 0) {
                sums.merge(cause, more, Long::sum);
            }
        }
    }

    synchronized long drifts() {
        return drifts + open.stream().mapToLong(Lane::drifts).sum();
    }

    synchronized long repairs() {
        return repairs + open.stream().mapToLong(Lane::repairs).sum();
    }

    synchronized long skippedParents() {
        return skippedParents + open.stream().mapToLong(Lane::skippedParents).sum();
    }

    synchronized Times times() {
        Map<WaitReason, Duration> waits = new EnumMap<>(ended);
        Duration lanes = total;
        Map<WaitReason, Integer> now = new EnumMap<>(WaitReason.class);
        for (Lane lane : open) {
            add(lane, waits);
            lanes = lanes.plus(lane.waits().total());
            now.merge(lane.waits().now(), 1, Integer::sum);
        }
        return new Times(wall(), lanes, waits, most(now));
    }

    private Duration wall() {
        if (firstBegin < 0) {
            return Duration.ZERO;
        }
        long until = open.isEmpty() ? lastEnd : timer.now(TimeUnit.NANOSECONDS);
        return Duration.ofNanos(until - firstBegin);
    }

    private static Optional<WaitReason> most(Map<WaitReason, Integer> counts) {
        return counts.entrySet().stream()
                .max(Comparator.comparingInt(Map.Entry::getValue))
                .map(Map.Entry::getKey);
    }

    private static void add(Lane lane, Map<WaitReason, Duration> sums) {
        lane.waits().sums().forEach((reason, time) -> sums.merge(reason, time, Duration::plus));
    }
}
