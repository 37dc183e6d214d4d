package io.penstock.connectors.rest;

import io.penstock.auth.Login;
import io.penstock.client.ApiClient;
import io.penstock.client.PageBatch;
import io.penstock.config.Config;
import io.penstock.connectors.rest.IncrementalSpec.Boundary;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.page.Paging;
import io.penstock.record.Batch;
import io.penstock.record.ConnectionId;
import io.penstock.record.Cursor;
import io.penstock.record.Shape;
import io.penstock.record.Slice;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.source.ChangeWalk;
import io.penstock.source.ExpectedKey;
import io.penstock.source.SchemaGuess;
import io.penstock.source.Source;
import io.penstock.source.SourceRuntime;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** One API as a plan describes it, ready to be read. */
final class RestSource implements Source {

    /** How many parents' children are read side by side; the client's concurrency says how many requests that may be. */
    static final int CHILDREN = 8;

    private static final Logger LOG = LoggerFactory.getLogger(RestSource.class);
    private static final int SAMPLED_AT_ONCE = 4;

    /** What the other streams wait for one whose first page does not come; the read itself is as patient as its limits say. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int PAGES_SAMPLED = 3;

    private final ApiClient api;
    private final StreamReader reader;
    private final Map<String, StreamSpec> specs;
    private final ConnectionId connection;
    private final Clock clock;
    private final Scheduler timer;
    private final Map<String, String> schemas = new ConcurrentHashMap<>();

    RestSource(Config config, SourceRuntime runtime) {
        this.api = RestSettings.client(config, runtime);
        this.specs = config.value(RestSettings.STREAMS);
        this.reader = new StreamReader(api, specs, config.value(RestSettings.PARAMS));
        this.connection = runtime.connection();
        this.clock = runtime.clock();
        this.timer = runtime.timer();
    }

    /** One look with each credential, so that each is proven; the first failure is told when all have been tried. */
    @Override
    public Mono<Void> check() {
        String first = specs.entrySet().stream()
                .filter(entry -> entry.getValue().parent().isEmpty())
                .findFirst()
                .orElseThrow() // parents never go in a circle, so one stream has none
                .getKey();
        Flux<String> others = Flux.fromIterable(specs.entrySet())
                .filter(entry ->
                        entry.getValue().auth().isPresent() && !entry.getKey().equals(first))
                .map(Map.Entry::getKey);
        return Flux.just(first)
                .concatWith(others)
                .concatMapDelayError(
                        name -> Flux.fromIterable(reader.each(name))
                                .concatMapDelayError(one -> sample(name, one, 1).then(), 1),
                        1)
                .then()
                .onErrorMap(Exceptions::isMultiple, RestSource::first);
    }

    private static Throwable first(Throwable failure) {
        return Exceptions.isMultiple(failure)
                ? first(Exceptions.unwrapMultiple(failure).get(0))
                : failure;
    }

    @Override
    public Optional<Login> login() {
        return api.login();
    }

    @Override
    public Flux<StreamInfo> streams() {
        return Flux.fromIterable(specs.entrySet())
                .flatMapSequential(entry -> info(entry.getKey(), entry.getValue()), SAMPLED_AT_ONCE, 1);
    }

    private Mono<StreamInfo> info(String name, StreamSpec spec) {
        return schema(name, spec)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .map(schema -> new StreamInfo(
                        new StreamId(connection, name),
                        schema,
                        spec.key(),
                        spec.incremental().map(IncrementalSpec::field),
                        spec.deleted(),
                        spec.resume()));
    }

    /** The schema in the plan, or what the first pages show; a page that cannot be read now is a matter of the read itself. */
    private Mono<String> schema(String name, StreamSpec spec) {
        Optional<String> known = spec.schemaText().or(() -> Optional.ofNullable(schemas.get(name)));
        return Mono.justOrEmpty(known)
                .switchIfEmpty(Mono.defer(() -> sample(name, reader, PAGES_SAMPLED)
                        .timeout(PATIENCE, timer)
                        .map(shape -> SchemaGuess.of(shape, spec.key()))
                        .flatMap(Mono::justOrEmpty)
                        .doOnNext(schema -> schemas.put(name, schema))
                        .onErrorResume(failure -> {
                            LOG.warn(
                                    "the fields of {} are not known before it is read, for its first page could not be: {}",
                                    new StreamId(connection, name),
                                    reason(failure));
                            return Mono.empty();
                        })));
    }

    private static String reason(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return "it did not come within " + PATIENCE.toSeconds() + " s";
        }
        String message = String.valueOf(failure.getMessage()).replaceAll("\\R\\s*", " ");
        return failure.getClass().getSimpleName() + ": " + message;
    }

    /**
     * What the first page shows that has records; empty if none of the first pages has any.
     *
     * <p>Pages, slices and parents without records are passed over, each page a request.
     *
     * @param most how many pages are looked at, empty ones too
     */
    private Mono<Shape> sample(String name, StreamReader by, int most) {
        return Flux.defer(() -> {
                    AtomicInteger empty = new AtomicInteger();
                    return Flux.fromIterable(spec(name).slices().beginnings(clock))
                            .concatMap(slice -> pages(by, name, slice, Optional.empty(), 1), 0)
                            .limitRate(1) // or the next page would be asked for before this one was looked at
                            .takeUntil(batch ->
                                    batch.records().size() > 0 || (batch.end() && empty.incrementAndGet() == most));
                })
                .filter(batch -> batch.records().size() > 0)
                .next()
                .map(batch -> batch.records().shape());
    }

    @Override
    public Flux<Slice> slices(StreamId stream) {
        SlicePlan plan = known(stream).slices();
        return Flux.defer(() -> Flux.fromIterable(plan.parts(clock).keySet())).map(key -> Slice.of(stream.slice(key)));
    }

    @Override
    public Flux<Slice> slicesBetween(StreamId stream, String from, String to) {
        SlicePlan.Windows windows = known(stream)
                .slices()
                .windows()
                .orElseThrow(() ->
                        new ConfigError("the stream " + stream.name() + " cannot be read from " + from + " to " + to
                                + ": give it date windows, such as slices: { from: " + from
                                + ", step: 1m }, with {start} and {end} in"
                                + " its path or params"));
        LocalDate first = day(stream, "from", from);
        LocalDate last = day(stream, "to", to);
        if (!last.isAfter(first)) {
            throw new ConfigError("--to of " + stream.name() + " must be after --from " + from + ", found " + to);
        }
        return Flux.defer(() -> Flux.fromIterable(windows.between(first, last).keySet()))
                .map(key -> Slice.of(stream.slice(key)));
    }

    private static LocalDate day(StreamId stream, String option, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException noDay) {
            throw new ConfigError(
                    "--" + option + " of " + stream.name() + ": expected a day such as 2024-01-01, found '" + text
                            + "'",
                    noDay);
        }
    }

    @Override
    public Flux<Batch> read(Slice slice, Optional<Cursor> from) {
        String name = slice.id().stream().name();
        StreamSpec spec = known(slice.id().stream());
        Map<String, String> values = spec.slices().values(slice.id().key(), clock);
        if (values == null) {
            throw new IllegalArgumentException(
                    "the stream " + name + " has no slice " + slice.id().key());
        }
        Optional<LocalDate> begin = SlicePlan.begin(slice.id().key());
        if (begin.isPresent() && from.isPresent() && spec.incremental().isEmpty()) {
            return Flux.empty(); // a cursor comes with the last page only: this stretch was read to its end
        }
        Optional<Cursor> since = from.or(() ->
                begin.filter(day -> spec.incremental().isPresent()).map(day -> ChangeWalk.startingAt(day.toString())));
        return Flux.defer(() -> {
            ChangeWalk walk = walk(spec, since);
            ExpectedKey key = new ExpectedKey(spec.key());
            return walk.read(
                    slice.id(), pages(name, values, walk.since(), CHILDREN).map(key::judge));
        });
    }

    private static ChangeWalk walk(StreamSpec spec, Optional<Cursor> from) {
        ChangeWalk walk = spec.incremental()
                .map(incremental -> ChangeWalk.by(incremental.field(), spec.resume(), from))
                .orElseGet(() -> ChangeWalk.whole(spec.resume(), from));
        ChangeWalk bounded = spec.incremental()
                        .filter(incremental -> incremental.boundary() == Boundary.EXCLUSIVE)
                        .isPresent()
                ? walk.exclusive()
                : walk;
        boolean seams =
                spec.parent().isEmpty() && spec.paging().map(Paging::numbered).orElse(true);
        return seams ? bounded.watchingSeams(spec.key(), spec.paging().flatMap(Paging::total)) : bounded;
    }

    @Override
    public Cursor upgrade(SliceId slice, Cursor saved) {
        known(slice.stream());
        return ChangeWalk.upgraded(saved);
    }

    @Override
    public Cursor withoutToken(Cursor cursor) {
        return ChangeWalk.withoutToken(cursor);
    }

    /** The pages of one slice, through as many parents as there are. */
    private Flux<PageBatch> pages(String name, Map<String, String> slice, Optional<String> since, int sideBySide) {
        return pages(reader, name, slice, since, sideBySide);
    }

    private Flux<PageBatch> pages(
            StreamReader by, String name, Map<String, String> slice, Optional<String> since, int sideBySide) {
        StreamSpec spec = spec(name);
        Map<String, Object> values = new HashMap<>(slice);
        if (spec.parent().isEmpty()) {
            return by.pages(name, spec, values, since);
        }
        ParentSpec parent = spec.parent().get();
        Flux<PageBatch> parents = Flux.defer(() -> Flux.fromIterable(
                        spec(parent.stream()).slices().parts(clock).values()))
                .concatMap(part -> pages(by, parent.stream(), part, Optional.empty(), sideBySide), 0);
        return new FanOut(name, parent, sideBySide).read(parents, bound -> {
            Map<String, Object> both = new HashMap<>(values);
            both.putAll(bound);
            return by.pages(name, spec, both, since);
        });
    }

    @Override
    public Optional<Cursor> startingAt(StreamId stream, String start) {
        return known(stream).incremental().map(incremental -> {
            try {
                incremental.format().render(start);
                return ChangeWalk.startingAt(start);
            } catch (IllegalArgumentException unfit) {
                throw new ConfigError("start of " + stream.name() + ": " + unfit.getMessage(), unfit);
            }
        });
    }

    private StreamSpec spec(String name) {
        return Objects.requireNonNull(specs.get(name), name);
    }

    private StreamSpec known(StreamId id) {
        StreamSpec spec = specs.get(id.name());
        if (spec == null || !id.connection().equals(connection)) {
            throw new IllegalArgumentException(
                    "no stream " + id + " here; there are " + String.join(", ", specs.keySet()));
        }
        return spec;
    }

    @Override
    public void close() {
        api.close();
    }
}
