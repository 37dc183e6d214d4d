package io.penstock.checks.simulation;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.record.Batch;
import io.penstock.record.Cursor;
import io.penstock.record.RecordBytes;
import io.penstock.record.Slice;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.source.Source;
import io.penstock.source.SourceProvider;
import io.penstock.source.SourceRuntime;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes sources that leave out the records of a page that did not come at the first try: a planted bug. */
record SkippingProvider(SourceProvider good) implements SourceProvider {

    @Override
    public String name() {
        return good.name();
    }

    @Override
    public String summary() {
        return good.summary();
    }

    @Override
    public List<Setting<?>> settings() {
        return good.settings();
    }

    @Override
    public Source open(Config config, SourceRuntime runtime) {
        return new Skipping(good.open(config, runtime));
    }

    private record Skipping(Source good) implements Source {

        @Override
        public Mono<Void> check() {
            return good.check();
        }

        @Override
        public Flux<StreamInfo> streams() {
            return good.streams();
        }

        @Override
        public Flux<Slice> slices(StreamId stream) {
            return good.slices(stream);
        }

        @Override
        public Flux<Batch> read(Slice slice, Optional<Cursor> from) {
            return good.read(slice, from).map(Skipping::skipped);
        }

        private static Batch skipped(Batch batch) {
            RecordBytes records = batch.attempt() > 1 ? RecordBytes.EMPTY : batch.records();
            return new Batch(batch.slice(), batch.page(), batch.attempt(), records, batch.after(), batch.pageEnd());
        }

        @Override
        public Cursor withoutToken(Cursor cursor) {
            return good.withoutToken(cursor);
        }

        @Override
        public void close() {
            good.close();
        }
    }
}
