package io.penstock.sinks.postgres;

import io.penstock.record.Batch;
import io.penstock.record.FieldScan;
import io.penstock.record.RecordBytes;
import io.penstock.record.Shape;
import io.penstock.record.SliceId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Commit;
import io.penstock.sink.Spool;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import java.io.IOException;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** The lines of one slice that wait for their commit, and what is known of them. */
final class PostgresStage implements Stage {

    private final StreamInfo stream;
    private final SliceId slice;
    private final WriteMode mode;
    private final Spool spool;
    private final SchemaWriter target;
    private final Optional<FieldScan> tombstones;
    private Shape shape = Shape.EMPTY;
    private boolean undeleting;

    PostgresStage(StreamInfo stream, SliceId slice, WriteMode mode, Spool spool, SchemaWriter target) {
        this.stream = stream;
        this.slice = slice;
        this.mode = mode;
        this.spool = spool;
        this.target = target;
        this.tombstones = mode == WriteMode.UPSERT ? stream.deletedField().map(FieldScan::of) : Optional.empty();
    }

    @Override
    public Mono<Void> write(Batch batch) {
        return target.spoolers().run(() -> {
            synchronized (this) {
                shape = shape.and(batch.records().shape());
                tombstones.ifPresent(field -> look(field, batch.records()));
            }
            spool.write(batch);
        });
    }

    private void look(FieldScan field, RecordBytes records) {
        for (int i = 0; i < records.size() && !undeleting; i++) {
            if (field.findAny(records, i)) {
                byte first = records.array()[field.start()];
                undeleting = first != 't' && first != 'n';
            }
        }
    }

    @Override
    public Mono<Void> discard(long page, int attempt) {
        return target.spoolers().run(() -> spool.discard(page, attempt));
    }

    @Override
    public Mono<Void> commit(Commit commit) {
        return target.commit(this, commit);
    }

    @Override
    public void close() {
        target.threads().later(spool::close);
    }

    /** Forgets what is committed. */
    synchronized void clear() throws IOException {
        spool.clear();
        shape = Shape.EMPTY;
        undeleting = false;
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

    /** The fields seen, perhaps of some discarded records too. */
    synchronized Shape shape() {
        return shape;
    }

    /** Whether a record says something else of its deletion than that it is deleted. */
    synchronized boolean isUndeleting() {
        return undeleting;
    }
}
