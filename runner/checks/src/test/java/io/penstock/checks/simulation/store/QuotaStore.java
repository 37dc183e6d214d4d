package io.penstock.checks.simulation.store;

import io.penstock.checks.simulation.fate.Operation;
import io.penstock.store.ByteStore;
import reactor.core.publisher.Mono;

/** What is spent of long quotas, durable, as one process sees it. */
public final class QuotaStore implements ByteStore {

    private final ByteStore durable;
    private final Perils perils;

    /** A view of {@code durable}, which answers at once. */
    public QuotaStore(ByteStore durable, Perils perils) {
        this.durable = durable;
        this.perils = perils;
    }

    @Override
    public Mono<Stored> read(String name) {
        return perils.save(
                perils.pass(Operation.QUOTA_READ, "quota", () -> true).then(durable.read(name)));
    }

    @Override
    public Mono<Long> replace(String name, long expected, byte[] bytes) {
        return perils.save(perils.pass(Operation.QUOTA_SAVE, "quota", () -> true)
                .then(Mono.defer(() -> durable.replace(name, expected, bytes)))
                .flatMap(revision -> perils.pass(Operation.QUOTA_SAVED, "quota", () -> revision)));
    }
}
