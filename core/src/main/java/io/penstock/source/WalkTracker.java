package io.penstock.source;

import io.penstock.client.PageBatch;
import io.penstock.record.Batch;
import io.penstock.record.Cursor;
import io.penstock.record.FieldScan;
import io.penstock.record.RecordBytes;
import io.penstock.record.Resume;
import io.penstock.record.SliceId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one subscription to a {@link ChangeWalk} has seen. For one thread at a time. */
final class WalkTracker {

    private final ChangeState state;
    private final Resume resume;
    private final boolean exclusive;
    private final @Nullable Watermark watermark;
    private final @Nullable ReadBefore readBefore;
    private long page = -1;
    private int attempt;
    private Watermark.@Nullable Mark pageStart;

    WalkTracker(Optional<String> field, ChangeState state, Resume resume, boolean exclusive) {
        this.state = state;
        this.resume = resume;
        this.exclusive = exclusive;
        boolean ordered = resume == Resume.RECORD_CURSOR;
        this.watermark = field.map(name -> new Watermark(name, ordered, exclusive && ordered))
                .orElse(null);
        this.readBefore =
                field.isPresent() && (state.since() != null || !state.known().isEmpty())
                        ? new ReadBefore(FieldScan.of(field.get()), state.since(), state.known())
                        : null;
        if (watermark != null && state.walk() != null) {
            watermark.resume(state.walk().bound(), state.walk().seen());
        }
    }

    Batch take(SliceId slice, PageBatch batch) {
        begin(batch);
        RecordBytes records = readBefore == null ? batch.records() : readBefore.drop(batch.records(), this::observe);
        if (readBefore == null) {
            observe(batch.records());
        }
        return new Batch(slice, batch.page(), batch.attempt(), records, cursor(batch), batch.end());
    }

    private void observe(RecordBytes records) {
        if (watermark != null) {
            watermark.observe(records);
        }
    }

    /** Remembers where a page began; an attempt that broke off is as if it had never been. */
    private void begin(PageBatch batch) {
        if (page < 0) {
            capAt(batch);
        }
        if (batch.page() != page) {
            pageStart = watermark == null ? null : watermark.mark();
            if (readBefore != null) {
                readBefore.mark();
            }
        } else if (batch.attempt() != attempt) {
            if (watermark != null && pageStart != null) {
                watermark.reset(pageStart);
            }
            if (readBefore != null) {
                readBefore.reset();
            }
        }
        page = batch.page();
        attempt = batch.attempt();
    }

    private void capAt(PageBatch first) {
        if (watermark != null && state.walk() == null) {
            first.headers().first("Date").flatMap(WalkTracker::instant).ifPresent(watermark::ceiling);
        }
    }

    private static Optional<String> instant(String date) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date))
                    .toString());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private Optional<Cursor> cursor(PageBatch batch) {
        if (!batch.end()) {
            return Optional.empty();
        }
        if (batch.next().isEmpty()) {
            return Optional.of(finished().cursor());
        }
        return switch (resume) {
            case PAGE_TOKEN -> Optional.of(underway(batch.next().get()).cursor());
            case RECORD_CURSOR -> Optional.of((exclusive ? belowLastValue() : soFar()).cursor());
            case NONE -> Optional.empty();
        };
    }

    /** Asks beyond the last value but one, since records with the last may follow, and passes over those that came. */
    private ChangeState belowLastValue() {
        String below = watermark == null ? null : watermark.below();
        return below == null || watermark == null
                ? new ChangeState(ChangeState.VERSION, state.since(), known(), null)
                : new ChangeState(ChangeState.VERSION, below, known(), null);
    }

    /** What was read in this walk, and what was read before and may still come in it. */
    private List<String> known() {
        List<String> known = readBefore == null ? new ArrayList<>() : readBefore.left();
        if (watermark != null) {
            known.addAll(watermark.seen());
        }
        return known;
    }

    private ChangeState underway(String token) {
        ChangeState.Walk walk = watermark == null
                ? new ChangeState.Walk(token, null, null)
                : new ChangeState.Walk(token, watermark.bound(), watermark.seen());
        return new ChangeState(ChangeState.VERSION, state.since(), state.known(), walk);
    }

    private ChangeState soFar() {
        String bound = watermark == null ? null : watermark.bound();
        String since = bound == null ? state.since() : bound;
        return new ChangeState(ChangeState.VERSION, since, known(), null);
    }

    private ChangeState finished() {
        String bound = watermark == null ? null : watermark.bound();
        return bound == null || watermark == null
                ? new ChangeState(ChangeState.VERSION, state.since(), state.known(), null)
                : new ChangeState(ChangeState.VERSION, bound, watermark.seen(), null);
    }
}
