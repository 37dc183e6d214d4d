package io.penstock.client;

import io.penstock.client.demand.OnDemand;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/**
 * Reads numbered pages side by side and gives them in their order. For one subscription.
 *
 * <p>Pages under way are read to their end though their turn has not come: one that stood still half-way would keep its place among
 * the requests under way from the page that everybody waits for.
 *
 * <p>A page read by itself shows how far the number moves from page to page; from there on a window of pages is under way. Where
 * a page turns out to have another successor than was counted on, what was read beyond it is dropped and the walk goes on from
 * the true one; where that keeps happening, one page after the other. What went wrong with a page is told when its turn comes,
 * and not at all if the walk ends before.
 */
final class ReadAhead {

    /** An API whose pages jump more often than this is read one page after the other. */
    private static final int MOST_MISSES = 3;

    /** More pages than these are never under way where the limits decide. */
    private static final int WIDEST = 64;

    /** After so many windows' worth of pages the limits are asked again, which costs the time of one page. */
    private static final int STEADY = 32;

    private final PageWalk walk;
    private final Walk.Guard guard;
    private Optional<String> next;
    private long page;
    private long number;
    private boolean over;
    private boolean astray;
    private int misses;

    ReadAhead(PageWalk walk) {
        this.walk = walk;
        this.guard = new Walk.Guard(walk.walk());
        this.next = walk.walk().start();
    }

    /** A page or a failure whose turn has not come. */
    private record Turn(@Nullable PageBatch batch, @Nullable Throwable failure, long following, boolean jumped) {}

    /** Demand: nothing is sent before the first request; then up to the window's pages are read beyond demand. */
    Flux<PageBatch> pages() {
        return Flux.defer(this::stretch).repeat(() -> !over);
    }

    /** Pages as long as their numbers are as counted on. */
    private Flux<PageBatch> stretch() {
        number = number(next);
        Flux<PageBatch> first = walk.page(page, next).map(guard::pass).doOnNext(this::arrived);
        return misses > MOST_MISSES ? first : first.concatWith(new OnDemand<>(this::windows));
    }

    private Flux<PageBatch> windows() {
        if (over) {
            return Flux.empty();
        }
        long step = number(next) - number;
        astray = false;
        return Flux.defer(() -> window(step)).repeat(() -> !over && !astray);
    }

    private Flux<PageBatch> window(long step) {
        int width = width();
        long from = number(next);
        long firstPage = page;
        int steady = walk.walk().ahead() == Walk.AS_ALLOWED ? width * STEADY : Integer.MAX_VALUE;
        return Flux.range(0, steady)
                .flatMapSequential(i -> turn(firstPage + i, from + i * step, step), width, Integer.MAX_VALUE)
                .<Turn>handle(this::take)
                .takeUntil(turn -> over || turn.jumped())
                .mapNotNull(Turn::batch);
    }

    private int width() {
        return walk.walk().ahead() == Walk.AS_ALLOWED
                ? Math.max(1, Math.min(WIDEST, walk.slots()))
                : walk.walk().ahead();
    }

    private Flux<Turn> turn(long at, long named, long step) {
        return walk.page(at, Optional.of(Long.toString(named)))
                .map(batch -> new Turn(batch, null, named + step, false))
                .onErrorResume(failure -> Mono.just(new Turn(null, failure, 0, false)));
    }

    private void take(Turn turn, SynchronousSink<Turn> out) {
        if (turn.batch() == null) {
            out.error(Objects.requireNonNull(turn.failure()));
            return;
        }
        arrived(guard.pass(turn.batch()));
        boolean jumped = turn.batch().end() && !over && number(next) != turn.following();
        misses += jumped ? 1 : 0;
        astray |= jumped;
        out.next(new Turn(turn.batch(), null, turn.following(), jumped));
    }

    private void arrived(PageBatch batch) {
        if (batch.end()) {
            page = batch.page() + 1;
            next = batch.next();
            over = batch.last();
        }
    }

    private long number(Optional<String> token) {
        return walk.walk().paging().number(token);
    }
}
