package io.penstock.state;

import io.penstock.record.ConnectionId;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Keeps one small document of state a connection, changed by compare-and-set.
 *
 * <p>Publishers are cold; blocking work runs on the store's own scheduler. Safe for concurrent use.
 */
public interface StateStore {

    /**
     * A stored document.
     *
     * @param revision grows by one with each change
     * @param json the document
     */
    record Stored(long revision, String json) {}

    /**
     * Reads the newest valid document.
     *
     * <p>Errors with {@link io.penstock.error.StateFailure.StateCorrupt} if there is one but it cannot be read.
     */
    Mono<Optional<Stored>> load(ConnectionId connection);

    /**
     * Stores {@code json} durably as the next revision.
     *
     * <p>Errors with {@link io.penstock.error.StateFailure.StateConflict} unless the stored revision is {@code expected} (0 for
     * none), and then changes nothing.
     */
    Mono<Void> save(ConnectionId connection, long expected, String json);
}
