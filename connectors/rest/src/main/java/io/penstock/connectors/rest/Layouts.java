package io.penstock.connectors.rest;

import io.penstock.client.ApiCall;
import io.penstock.decode.RecordPath;
import io.penstock.message.ApiResponse;
import io.penstock.page.Paging;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Where the records of each stream are and how its pages follow each other: as the plan says, else as the first answer shows.
 *
 * <p>What was found out is kept for as long as the source is open. Safe for concurrent use.
 */
final class Layouts {

    private static final Logger LOG = LoggerFactory.getLogger(Layouts.class);

    private final Map<String, Layout> known = new ConcurrentHashMap<>();

    /**
     * What a walk needs to know.
     *
     * @param paging how pages follow each other
     * @param records where the records are
     */
    record Layout(Paging paging, RecordPath records) {}

    /** The layout of a stream; asks {@code call} once where the plan leaves something open. */
    Mono<Layout> of(String name, StreamSpec spec, ApiCall call) {
        if (spec.paging().isPresent() && spec.records().isPresent()) {
            return Mono.just(new Layout(spec.paging().get(), spec.records().get()));
        }
        return Mono.justOrEmpty(Optional.ofNullable(known.get(name)))
                .switchIfEmpty(Mono.defer(() -> call.exchange().map(answer -> found(name, spec, call, answer))));
    }

    private Layout found(String name, StreamSpec spec, ApiCall call, ApiResponse answer) {
        return new Layout(spec.paging().orElseGet(Paging::none), spec.records().orElseGet(() -> RecordPath.of("")));
    }
}
