package io.penstock.connectors.reference;

import static java.util.function.Function.identity;

import io.penstock.client.ApiClient;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.record.Batch;
import io.penstock.record.ConnectionId;
import io.penstock.record.Cursor;
import io.penstock.record.Slice;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.source.ChangeWalk;
import io.penstock.source.ExpectedKey;
import io.penstock.source.Source;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The model API, ready to be read. */
final class ReferenceSource implements Source {

    private static final String CHANGED = "updated_at";
    private static final List<String> KEY = List.of("id");
    private static final ExpectedKey EXPECTED = new ExpectedKey(KEY);

    private final ApiClient api;
    private final ConnectionId connection;
    private final int pageSize;
    private final Map<String, ReferenceStream> streams = Stream.of(
                    new CustomersStream(),
                    new OrdersStream(),
                    new InvoicesStream(),
                    new EventsStream(),
                    new ProductsStream(),
                    new DocumentsStream())
            .collect(Collectors.toMap(ReferenceStream::name, identity(), (a, b) -> a, LinkedHashMap::new));
    private final Flux<StreamInfo> infos;

    ReferenceSource(ApiClient api, ConnectionId connection, int pageSize) {
        this.api = api;
        this.connection = connection;
        this.pageSize = pageSize;
        this.infos = Flux.fromIterable(streams.values())
                .concatMap(this::info, 1)
                .collectList()
                .cacheInvalidateIf(List::isEmpty) // schemas stand still while a source is open; an error is not kept
                .flatMapIterable(identity());
    }

    @Override
    public Mono<Void> check() {
        return api.get("/v1/customers").query("per_page", "1").exchange().then();
    }

    @Override
    public Flux<StreamInfo> streams() {
        return infos;
    }

    private Mono<StreamInfo> info(ReferenceStream stream) {
        return api.get("/schema/" + stream.name())
                .exchange()
                .map(answer -> new StreamInfo(
                        new StreamId(connection, stream.name()),
                        Optional.of(new String(answer.body(), StandardCharsets.UTF_8)),
                        KEY,
                        Optional.of(CHANGED),
                        Optional.of("deleted"),
                        stream.resume()));
    }

    @Override
    public Flux<Slice> slices(StreamId stream) {
        return Flux.fromIterable(known(stream).slices()).map(key -> Slice.of(stream.slice(key)));
    }

    @Override
    public Flux<Batch> read(Slice slice, Optional<Cursor> from) {
        ReferenceStream stream = known(slice.id().stream());
        if (!stream.slices().contains(slice.id().key())) {
            throw new IllegalArgumentException("the stream " + stream.name() + " has no slice "
                    + slice.id().key());
        }
        return Flux.defer(() -> {
            ChangeWalk bare = ChangeWalk.by(CHANGED, stream.resume(), from);
            ChangeWalk walk = stream.numbered() ? bare.watchingSeams(KEY, Optional.empty()) : bare;
            return walk.read(
                    slice.id(),
                    stream.pages(new StreamRead(api, slice, walk, pageSize)).map(EXPECTED::judge));
        });
    }

    @Override
    public Optional<Cursor> startingAt(StreamId stream, String start) {
        try {
            String instant = start.length() == "2026-01-01".length()
                    ? LocalDate.parse(start)
                            .atStartOfDay()
                            .atOffset(ZoneOffset.UTC)
                            .toString()
                    : OffsetDateTime.parse(start).toString();
            return Optional.of(ChangeWalk.startingAt(instant));
        } catch (DateTimeParseException noTime) {
            throw new ConfigError(
                    "start of " + known(stream).name() + ": expected a date such as 2026-01-01 or a time such as "
                            + "2026-01-01T08:00:00Z, found '" + start + "'",
                    noTime);
        }
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

    private ReferenceStream known(StreamId id) {
        ReferenceStream stream = streams.get(id.name());
        if (stream == null || !id.connection().equals(connection)) {
            throw new IllegalArgumentException(
                    "no stream " + id + " here; there are " + String.join(", ", streams.keySet()));
        }
        return stream;
    }

    @Override
    public void close() {
        api.close();
    }
}
