package io.penstock.checks.simulation.store;

import io.penstock.checks.simulation.fate.Operation;
import io.penstock.record.ConnectionId;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Claim;
import io.penstock.sink.CommitCadence;
import io.penstock.sink.Sink;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import java.util.EnumSet;
import java.util.Set;
import reactor.core.publisher.Mono;

/** The store as one process sees it. */
public final class StoreSink implements Sink {

    private final Store store;
    private final Perils perils;
    private final long process;

    /** A sink for the process of this number. */
    public StoreSink(Store store, Perils perils, long process) {
        this.store = store;
        this.perils = perils;
        this.process = process;
    }

    @Override
    public Set<WriteMode> modes() {
        return EnumSet.of(WriteMode.APPEND, WriteMode.UPSERT, WriteMode.REPLACE);
    }

    @Override
    public CommitCadence cadence() {
        return store.cadence;
    }

    @Override
    public Mono<Void> check() {
        return perils.pass(Operation.CHECK, "store", () -> true).then();
    }

    @Override
    public Mono<Claim> claim(ConnectionId connection) {
        return perils.pass(Operation.CLAIM, Operation.CLAIMED, connection.name(), () -> store.claim(process));
    }

    @Override
    public Mono<Stage> open(StreamInfo stream, SliceId slice, WriteMode mode) {
        return perils.pass(Operation.OPEN, slice.toString(), () -> new StoreStage(store, perils, slice, mode));
    }

    @Override
    public Mono<Void> publish(StreamId stream, WriteMode mode) {
        return perils.pass(Operation.PUBLISH, Operation.PUBLISHED, stream.toString(), () -> {
                    store.publish(stream, mode);
                    return true;
                })
                .then();
    }

    @Override
    public Mono<Long> rows(StreamId stream) {
        return perils.pass(Operation.COUNT, stream.toString(), () ->
                (long) store.texts(stream).size());
    }

    @Override
    public Mono<Void> forget(StreamId stream) {
        return Mono.error(new UnsupportedOperationException("no run forgets"));
    }

    @Override
    public String lookCommand() {
        return "";
    }

    @Override
    public void close() {
        if (!perils.halted()) {
            store.letGo(process);
        }
    }
}
