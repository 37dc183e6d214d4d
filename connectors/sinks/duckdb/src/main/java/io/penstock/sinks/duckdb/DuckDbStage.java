package io.penstock.sinks.duckdb;

import io.penstock.columns.NumberScan;
import io.penstock.record.Batch;
import io.penstock.record.Shape;
import io.penstock.record.SliceId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Commit;
import io.penstock.sink.Spool;
import io.penstock.sink.Stage;
import io.penstock.sink.TakenOut;
import io.penstock.sink.WriteMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The lines of one slice that wait for their commit, and what is known of them. */
final class DuckDbStage implements Stage {

    private final StreamInfo stream;
    private final SliceId slice;
    private final WriteMode mode;
    private final Spool spool;
    private final Path lettersFile;
    private @Nullable Spool letters; // most streams have none
    private final SchemaWriter target;
    private final NumberScan numbers = new NumberScan();
    private Shape shape = Shape.EMPTY;
    private int longest;
    private int longestLetter;

    DuckDbStage(StreamInfo stream, SliceId slice, WriteMode mode, Spool spool, Path letters, SchemaWriter target) {
        this.stream = stream;
        this.slice = slice;
        this.mode = mode;
        this.spool = spool;
        this.lettersFile = letters;
        this.target = target;
    }

    @Override
    public Mono<Void> write(Batch batch) {
        return target.spoolers().run(() -> {
            synchronized (this) {
                shape = shape.and(batch.records().shape());
                numbers.scan(batch.records());
                longest = Math.max(longest, longest(batch));
            }
            spool.write(batch);
        });
    }

    private static int longest(Batch batch) {
        int longest = 0;
        for (int i = 0; i < batch.records().size(); i++) {
            longest = Math.max(longest, batch.records().end(i) - batch.records().start(i));
        }
        return longest;
    }

    @Override
    public Mono<Void> bury(Batch dead) {
        return target.spoolers().run(() -> {
            synchronized (this) {
                longestLetter = Math.max(longestLetter, longest(dead));
                letters = letters == null ? Spool.in(lettersFile) : letters;
                letters.write(dead);
            }
        });
    }

    @Override
    public Mono<List<TakenOut>> takeOut(SortedSet<Long> positions) {
        return target.spoolers().call(() -> spool.takeOut(positions));
    }

    @Override
    public Mono<Void> discard(long page, int attempt) {
        return target.spoolers().run(() -> {
            spool.discard(page, attempt);
            Spool dead = letters();
            if (dead != null) {
                dead.discard(page, attempt);
            }
        });
    }

    @Override
    public Mono<Void> commit(Commit commit) {
        return target.commit(this, commit);
    }

    @Override
    public void close() {
        target.threads().later(() -> {
            try {
                spool.close();
            } finally {
                Spool dead = letters();
                if (dead != null) {
                    dead.close();
                }
            }
        });
    }

    /** Forgets what is committed. */
    synchronized void clear() throws IOException {
        spool.clear();
        if (letters != null) {
            letters.clear();
        }
        numbers.clear();
        shape = Shape.EMPTY;
        longest = 0;
        longestLetter = 0;
    }

    StreamInfo stream() {
        return stream;
    }

    SliceId slice() {
        return slice;
    }

    WriteMode mode() {
        return mode;
    }

    boolean replaces() {
        return mode == WriteMode.REPLACE;
    }

    Spool spool() {
        return spool;
    }

    private synchronized @Nullable Spool letters() {
        return letters;
    }

    /** Its dead letters, in a file that can be read; null if there are none. */
    @Nullable Path buried() throws IOException {
        Spool dead = letters();
        if (dead == null || dead.records() == 0) {
            return null;
        }
        dead.flush();
        return dead.path();
    }

    private boolean hasLetters() {
        Spool dead = letters();
        return dead != null && dead.records() > 0;
    }

    /** The most bytes of a dead letter. */
    synchronized int longestLetter() {
        return longestLetter;
    }

    /** The fields seen, perhaps of some discarded records too. */
    synchronized Shape shape() {
        return shape;
    }

    /** Fields with numbers that no numeric column would hold exactly. */
    synchronized Set<String> inexact() {
        return Set.copyOf(numbers.inexact());
    }

    /** Fields with integers that a floating point number would not hold exactly. */
    synchronized Set<String> wide() {
        return Set.copyOf(numbers.wide());
    }

    /** Whether its lines are objects with numbers that DuckDB reads as they are. */
    synchronized boolean isReadable() {
        return numbers.inexact().isEmpty()
                && shape.fields().values().stream().noneMatch(kinds -> (kinds & Shape.NOT_AN_OBJECT) != 0);
    }

    /** Whether its lines can be appended as they are, together with those of others. */
    boolean isPlain() {
        return mode != WriteMode.UPSERT && isReadable() && spool.records() > 0 && !hasLetters();
    }

    /** The most bytes of a record. */
    synchronized int longest() {
        return longest;
    }
}
