package io.penstock.testkit.source;

import io.penstock.auth.Auth;
import io.penstock.client.ApiClient;
import io.penstock.client.PageBatch;
import io.penstock.config.Config;
import io.penstock.config.Secret;
import io.penstock.config.Setting;
import io.penstock.page.Paging;
import io.penstock.record.Batch;
import io.penstock.record.Cursor;
import io.penstock.record.Slice;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.source.Source;
import io.penstock.source.SourceProvider;
import io.penstock.source.SourceRuntime;
import io.penstock.testkit.source.DemandContractTest.Haste;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads the model's orders, and misbehaves as it is told. */
final class PlantedSource implements Source {

    private static final StreamId ORDERS = new StreamId(SourceRig.CONNECTION, "orders");

    private final ApiClient api;
    private final SourceRuntime runtime;
    private final Haste haste;

    private PlantedSource(ApiClient api, SourceRuntime runtime, Haste haste) {
        this.api = api;
        this.runtime = runtime;
        this.haste = haste;
    }

    @Override
    public Flux<Batch> read(Slice slice, Optional<Cursor> from) {
        Flux<Batch> pages = api.get("/v1/orders")
                .query("limit", "50")
                .pages(Paging.cursor("/next_cursor", "cursor"))
                .batches("/items")
                .map(page -> batch(slice, page));
        Mono<Void> extra = api.get("/health").exchange().then();
        return switch (haste) {
            case NONE -> pages;
            case WHEN_BUILT -> {
                extra.subscribe();
                yield pages;
            }
            case ON_SUBSCRIPTION -> pages.doOnSubscribe(start -> extra.subscribe());
            case SOON_AFTER_SUBSCRIPTION ->
                pages.doOnSubscribe(start -> Mono.delay(Duration.ofMillis(400), runtime.timer())
                        .then(extra)
                        .subscribe());
            case TWO_PAGES_AHEAD -> pages.concatMap(Mono::just, 3);
            case AFTER_CANCELLATION ->
                pages.doOnCancel(() -> Mono.delay(Duration.ofMillis(400), runtime.timer())
                        .then(extra)
                        .subscribe());
        };
    }

    private static Batch batch(Slice slice, PageBatch page) {
        return new Batch(slice.id(), page.page(), page.attempt(), page.records(), Optional.empty(), page.end());
    }

    @Override
    public Mono<Void> check() {
        return Mono.empty();
    }

    @Override
    public Flux<StreamInfo> streams() {
        return Flux.just(StreamInfo.of(ORDERS));
    }

    @Override
    public Flux<Slice> slices(StreamId stream) {
        return Flux.just(Slice.of(stream.slice(SliceId.ALL)));
    }

    @Override
    public void close() {
        api.close();
    }

    /** The contract as the author of the planted source would implement it. */
    record Contract(String baseUrl, Haste haste) implements DemandContract {

        @Override
        public SourceProvider provider() {
            return new SourceProvider() {
                @Override
                public String name() {
                    return "planted";
                }

                @Override
                public String summary() {
                    return "Reads orders in haste";
                }

                @Override
                public List<Setting<?>> settings() {
                    return List.of();
                }

                @Override
                public Source open(Config config, SourceRuntime runtime) {
                    ApiClient api = runtime.client()
                            .apply(URI.create(baseUrl))
                            .auth(Auth.bearer(Secret.of("demo-token")))
                            .build();
                    return new PlantedSource(api, runtime, haste);
                }
            };
        }

        @Override
        public Source open(SourceRig rig) {
            return rig.open(provider(), Map.of());
        }

        @Override
        public Source refused(SourceRig rig) {
            throw new UnsupportedOperationException("nobody refuses here");
        }

        @Override
        public String deepStream() {
            return "orders";
        }
    }
}
