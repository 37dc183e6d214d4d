package io.penstock.connectors.rest;

import io.penstock.client.ApiCall;
import io.penstock.client.ApiClient;
import io.penstock.client.PageBatch;
import io.penstock.connectors.rest.StreamSpec.NotFound;
import io.penstock.error.BadAnswer.RequestRejected;
import io.penstock.error.BadAnswer.UnexpectedContent;
import io.penstock.message.Headers;
import io.penstock.record.RecordBytes;
import io.penstock.record.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/** Asks for the pages of streams. Immutable and safe for concurrent use. */
final class StreamReader {

    private static final Logger LOG = LoggerFactory.getLogger(StreamReader.class);

    private final Map<String, ApiClient> clients;
    private final Map<String, String> params;
    private final Layouts layouts = new Layouts();

    /**
     * A reader of one API.
     *
     * @param specs the streams; one with a credential of its own gets a client that bears it
     * @param params query parameters of every stream
     */
    StreamReader(ApiClient api, Map<String, StreamSpec> specs, Map<String, String> params) {
        this.clients = new HashMap<>();
        specs.forEach(
                (name, spec) -> clients.put(name, spec.auth().map(api::with).orElse(api)));
        this.params = params;
    }

    private StreamReader(Map<String, ApiClient> clients, Map<String, String> params) {
        this.clients = clients;
        this.params = params;
    }

    /** Readers of a stream, one for each credential it may take. */
    List<StreamReader> each(String name) {
        return client(name).each().stream()
                .map(one -> {
                    Map<String, ApiClient> other = new HashMap<>(clients);
                    other.put(name, one);
                    return new StreamReader(other, params);
                })
                .toList();
    }

    private ApiClient client(String name) {
        return Objects.requireNonNull(clients.get(name), name);
    }

    /**
     * The pages of one walk, without parents.
     *
     * <p>Cold; nothing is asked before the first request, and one page is read beyond demand.
     *
     * @param name the stream's
     * @param values what its templates are filled with
     * @param since where to begin, as a cursor says it
     */
    Flux<PageBatch> pages(String name, StreamSpec spec, Map<String, Object> values, Optional<String> since) {
        return onDemand(() -> {
            ApiCall call = call(client(name), spec, values, since);
            Flux<PageBatch> pages = layouts.pages(name, spec, call);
            return spec.notFound() == NotFound.FAIL ? pages : endedByMissing(name, spec.notFound(), pages);
        });
    }

    /** A page that is not there is the last, and empty: so the walk ends, and what it saw before counts. */
    private static Flux<PageBatch> endedByMissing(String name, NotFound meaning, Flux<PageBatch> pages) {
        AtomicReference<PageBatch> seen = new AtomicReference<>();
        return pages.doOnNext(seen::set).onErrorResume(StreamReader::missing, missing -> {
            if (meaning == NotFound.SKIP) {
                LOG.warn("{}: passed over, as not_found says: {}", name, missing.getMessage());
            }
            return Flux.just(endBehind(seen.get()));
        });
    }

    private static boolean missing(Throwable failure) {
        return failure instanceof RequestRejected rejected && rejected.status() == 404;
    }

    private static PageBatch endBehind(@Nullable PageBatch seen) {
        boolean broken = seen != null && !seen.end(); // it takes the place of what came of that page
        long page = seen == null ? 0 : broken ? seen.page() : seen.page() + 1;
        int attempt = broken ? seen.attempt() + 1 : 1;
        return new PageBatch(page, attempt, RecordBytes.EMPTY, true, Optional.empty(), Headers.NONE, Values.NONE);
    }

    /** Subscribes to what {@code source} gives with the first request, not before. */
    static <T> Flux<T> onDemand(java.util.function.Supplier<Flux<T>> source) {
        return Flux.just(source).hide().concatMap(java.util.function.Supplier::get, 0);
    }

    private ApiCall call(ApiClient api, StreamSpec spec, Map<String, Object> values, Optional<String> since) {
        Optional<String> asked = spec.incremental().flatMap(incremental -> incremental.asked(since));
        Map<String, Object> filled = new HashMap<>(values);
        asked.ifPresent(value -> filled.put(IncrementalSpec.SINCE, value));
        ApiCall call = api.call(spec.method(), path(spec, filled));
        for (Map.Entry<String, String> param : params.entrySet()) {
            call = call.query(param.getKey(), param.getValue());
        }
        for (Map.Entry<String, Template> param : spec.params().entrySet()) {
            call = call.query(param.getKey(), param.getValue().fill(filled));
        }
        if (asked.isPresent()
                && spec.incremental().flatMap(IncrementalSpec::param).isPresent()) {
            call = call.query(spec.incremental().get().param().get(), asked.get());
        }
        if (spec.body().isPresent()) {
            call = call.json(BodyTemplate.fill(spec.body().get(), filled));
        }
        return call.idempotent(); // a stream is read: asking twice changes nothing
    }

    private static String path(StreamSpec spec, Map<String, Object> values) {
        try {
            return spec.path().fill(values);
        } catch (IllegalArgumentException unfit) {
            throw new UnexpectedContent(
                    "a value for the path " + spec.path() + " cannot stand in a URL: " + unfit.getMessage(), unfit);
        }
    }
}
