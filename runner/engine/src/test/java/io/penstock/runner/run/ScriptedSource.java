package io.penstock.runner.run;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.SentRequest;
import io.penstock.observe.Lane;
import io.penstock.observe.RequestLog;
import io.penstock.observe.WaitReason;
import io.penstock.rate.Asker;
import io.penstock.record.Batch;
import io.penstock.record.Cursor;
import io.penstock.record.RecordBytes;
import io.penstock.record.Shape;
import io.penstock.record.Slice;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.source.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** A source whose pages, delays and failures are written down; it acts on demand only, and counts what it was asked for. */
final class ScriptedSource implements Source {

    /** One page, one batch, or a failure in its place. */
    record Turn(
            Duration delay, @Nullable Batch batch, @Nullable Throwable failure) {}

    final Map<String, StreamInfo> streams = new LinkedHashMap<>();
    final Map<SliceId, List<Turn>> script = new LinkedHashMap<>();
    final List<String> reads = new ArrayList<>();
    final Set<String> askers = new LinkedHashSet<>();
    final Map<SliceId, AtomicInteger> asked = new LinkedHashMap<>();
    final AtomicInteger open = new AtomicInteger();
    final AtomicLong demand = new AtomicLong();
    int mostOpen;
    boolean closed;
    boolean tokens;
    int looks;
    UnaryOperator<Cursor> upgrade = UnaryOperator.identity();
    WaitReason doing = WaitReason.SERVER;

    @Nullable Throwable listFailure;

    @Nullable Throwable checkFailure;

    @Nullable SentRequest log;

    private final Scheduler timer;

    ScriptedSource(Scheduler timer) {
        this.timer = timer;
    }

    void stream(StreamInfo info, String... slices) {
        streams.put(info.id().name(), info);
        for (String key : slices) {
            script.put(info.id().slice(key), new ArrayList<>());
            asked.put(info.id().slice(key), new AtomicInteger());
        }
    }

    /** One more page of {@code rows} with numbers that go on from the last page; its cursor is its number. */
    void page(SliceId slice, int rows) {
        page(slice, rows, Duration.ZERO, true);
    }

    void page(SliceId slice, int rows, Duration delay, boolean cursor) {
        List<Turn> turns = turns(slice);
        int page = turns.size();
        String[] lines = new String[rows];
        for (int i = 0; i < rows; i++) {
            lines[i] = "{\"id\":\"" + slice.key() + "-" + page + "-" + i + "\"}";
        }
        Optional<Cursor> after = cursor ? Optional.of(new Cursor(String.valueOf(page + 1))) : Optional.empty();
        turns.add(new Turn(delay, new Batch(slice, page, 1, bytes(lines), after, true), null));
    }

    void batch(Batch batch) {
        turns(batch.slice()).add(new Turn(Duration.ZERO, batch, null));
    }

    void failure(SliceId slice, Throwable failure) {
        turns(slice).add(new Turn(Duration.ZERO, null, failure));
    }

    static RecordBytes bytes(String... lines) {
        return lines.length == 0 ? RecordBytes.EMPTY : RecordBytes.ofLines(Shape.EMPTY, lines);
    }

    List<Turn> turns(SliceId slice) {
        List<Turn> turns = script.get(slice);
        if (turns == null) {
            throw new IllegalArgumentException("no slice " + slice);
        }
        return turns;
    }

    @Override
    public Mono<Void> check() {
        return checkFailure == null ? Mono.empty() : Mono.error(checkFailure);
    }

    @Override
    public Flux<StreamInfo> streams() {
        return Flux.deferContextual(context -> {
            for (int i = 0; i < looks; i++) {
                Lane.in(context).ifPresent(Lane::sent);
            }
            return Flux.fromIterable(streams.values());
        });
    }

    @Override
    public Flux<Slice> slices(StreamId stream) {
        Flux<Slice> slices = Flux.fromIterable(script.keySet())
                .filter(slice -> slice.stream().equals(stream))
                .map(Slice::of);
        return listFailure == null ? slices : slices.concatWith(Flux.error(listFailure));
    }

    @Override
    public Optional<Cursor> startingAt(StreamId stream, String start) {
        if (start.startsWith("never")) {
            return Optional.empty();
        }
        if (start.startsWith("bad")) {
            throw new ConfigError("start must be a number of a page");
        }
        return Optional.of(new Cursor(start));
    }

    @Override
    public Cursor upgrade(SliceId slice, Cursor saved) {
        return upgrade.apply(saved);
    }

    @Override
    public Cursor withoutToken(Cursor cursor) {
        return tokens ? new Cursor("0") : cursor;
    }

    @Override
    public Flux<Batch> read(Slice slice, Optional<Cursor> from) {
        int first = from.map(cursor -> Integer.parseInt(cursor.text())).orElse(0);
        List<Turn> turns = turns(slice.id());
        return Flux.range(first, Math.max(0, turns.size() - first))
                .concatMap(i -> turn(slice.id(), turns.get(i)), 0)
                .doOnSubscribe(s -> {
                    reads.add(slice.id() + " from " + from.map(Cursor::text).orElse("-"));
                    mostOpen = Math.max(mostOpen, open.incrementAndGet());
                })
                .doOnRequest(n -> demand.addAndGet(n))
                .doOnTerminate(open::decrementAndGet)
                .doOnCancel(open::decrementAndGet);
    }

    private Mono<Batch> turn(SliceId slice, Turn turn) {
        return Mono.deferContextual(context -> {
            asked.getOrDefault(slice, new AtomicInteger()).incrementAndGet();
            askers.add(slice.key() + " for " + Asker.in(context).stream());
            Lane.in(context).ifPresent(lane -> {
                lane.waits().on(doing);
                lane.sent();
            });
            SentRequest entry = log;
            if (entry != null) {
                RequestLog.in(context).ifPresent(seen -> seen.sent(entry));
            }
            Mono<Batch> answer = turn.failure() != null ? Mono.error(turn.failure()) : Mono.justOrEmpty(turn.batch());
            return turn.delay().isZero()
                    ? answer
                    : Mono.delay(turn.delay(), timer).then(answer);
        });
    }

    @Override
    public void close() {
        closed = true;
    }
}
