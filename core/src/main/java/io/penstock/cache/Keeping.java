package io.penstock.cache;

import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Watches one answer go by and gathers it, if it may be kept; for one subscriber. */
final class Keeping {

    private static final int NOT_MODIFIED = 304;

    private final Optional<Entry> known;
    private final int largest;
    private final Clock clock;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable Head head;
    private @Nullable Entry confirmed;
    private boolean refused;
    private Optional<Entry> entry = Optional.empty();

    Keeping(Optional<Entry> known, int largest, Clock clock) {
        this.known = known;
        this.largest = largest;
        this.clock = clock;
    }

    /** The part to hand on: the one that came, or for one that says "not modified" what is known. */
    ResponsePart pass(ResponsePart part) {
        return part instanceof Head first ? begin(first) : chunk((Chunk) part);
    }

    private ResponsePart begin(Head first) {
        head = first;
        if (first.status() == NOT_MODIFIED && known.isPresent()) {
            confirmed = known.get().confirmed(clock.instant(), first.headers());
            return new Head(confirmed.status(), known.get().overlaid(first.headers()), first.requestId());
        }
        refused = !Freshness.kept(first);
        return first;
    }

    private ResponsePart chunk(Chunk chunk) {
        if (confirmed != null) {
            entry = Optional.of(confirmed);
            return new Chunk(confirmed.body().clone(), chunk.last());
        }
        refused |= body.size() + chunk.bytes().length > largest;
        if (refused || head == null) {
            body.reset();
            return chunk;
        }
        body.writeBytes(chunk.bytes());
        if (chunk.last()) {
            entry = Optional.of(Entry.of(clock.instant(), head, body.toByteArray()));
        }
        return chunk;
    }

    /** Whether the server says that what is known still holds. */
    boolean confirms() {
        return confirmed != null;
    }

    /** Whether the answer will not be kept. */
    boolean refused() {
        return refused;
    }

    /** What to keep, once the answer is whole. */
    Optional<Entry> entry() {
        return entry;
    }
}
