package io.penstock.connectors.rest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.penstock.client.PageBatch;
import io.penstock.error.BadAnswer.MalformedPayload;
import io.penstock.message.Headers;
import io.penstock.observe.Lane;
import io.penstock.record.Pointer;
import io.penstock.record.RecordBytes;
import io.penstock.record.Values;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads children parent by parent: several side by side, their pages in the order of the parents.
 *
 * @param stream the children's
 * @param parent where values lie in a parent's record
 * @param sideBySide how many parents' children are read at once, each one page ahead
 */
record FanOut(String stream, ParentSpec parent, int sideBySide) {

    private static final Logger LOG = LoggerFactory.getLogger(FanOut.class);
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .reader();

    /**
     * The children's pages as one walk, ended by an empty page.
     *
     * <p>Demand: nothing is asked before the first request; at most {@code sideBySide} pages are read beyond demand, and one
     * page of parents. Each of these is read to its end without waiting for anybody, so that none holds a place among the
     * requests under way while it waits for a page that needs one.
     *
     * @param parents pages of the parents' stream
     * @param children the children's pages for the values bound by one parent
     */
    Flux<PageBatch> read(Flux<PageBatch> parents, Function<Map<String, Object>, Flux<PageBatch>> children) {
        return StreamReader.onDemand(() -> {
            AtomicLong number = new AtomicLong();
            return Flux.deferContextual(context ->
                            whole(parents).concatMapIterable(page -> bound(page, Lane.in(context)), 1))
                    .flatMapSequential(found -> whole(one(found, children)), sideBySide, 1)
                    .concatMapIterable(page -> page, 1)
                    .map(batch -> numbered(batch, number))
                    .concatWith(Mono.fromSupplier(() -> end(number.get())));
        });
    }

    private Flux<PageBatch> one(Found found, Function<Map<String, Object>, Flux<PageBatch>> children) {
        Flux<PageBatch> pages = children.apply(found.values());
        return found.included().isEmpty()
                ? pages
                : pages.map(batch -> batch.with(Included.into(batch.records(), found.included())));
    }

    /**
     * What one parent gives.
     *
     * @param values for templates
     * @param included fields for each child, as JSON
     */
    private record Found(Map<String, Object> values, Map<String, JsonNode> included) {}

    private List<Found> bound(List<PageBatch> page, Optional<Lane> lane) {
        return page.stream()
                .flatMap(batch -> bound(batch.records(), lane).stream())
                .toList();
    }

    private List<Found> bound(RecordBytes records, Optional<Lane> lane) {
        List<Found> all = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            JsonNode record = tree(records, i);
            Map<String, Object> values = new HashMap<>();
            parent.bindings().forEach((name, at) -> value(record, at).ifPresent(value -> values.put(name, value)));
            if (values.size() == parent.bindings().size()) {
                Map<String, JsonNode> included = new HashMap<>();
                parent.include().forEach((name, at) -> included.put(name, at(record, at)));
                all.add(new Found(values, included));
            }
        }
        int without = records.size() - all.size();
        if (without > 0) {
            lane.ifPresent(one -> one.skippedParents(without));
            LOG.warn(
                    "{}: {} of {} records of {} on one page have no value at {}, so nothing is read for them",
                    stream,
                    without,
                    records.size(),
                    parent.stream(),
                    parent.bindings().values());
        }
        return all;
    }

    private JsonNode tree(RecordBytes records, int i) {
        try {
            return JSON.readTree(records.array(), records.start(i), records.end(i) - records.start(i));
        } catch (IOException broken) {
            throw new MalformedPayload("a record of " + parent.stream() + " cannot be read", broken);
        }
    }

    private static JsonNode at(JsonNode record, Pointer pointer) {
        return record.at(pointer.toString());
    }

    private static Optional<Object> value(JsonNode record, Pointer pointer) {
        JsonNode node = at(record, pointer);
        if (node.isNumber()) {
            return Optional.of(node.isBigDecimal() ? node.decimalValue().toPlainString() : node.numberValue());
        }
        return node.isBoolean()
                ? Optional.of(node.booleanValue())
                : node.isTextual() && !node.textValue().isEmpty() ? Optional.of(node.textValue()) : Optional.empty();
    }

    private static PageBatch numbered(PageBatch batch, AtomicLong number) {
        long page = batch.end() ? number.getAndIncrement() : number.get();
        return new PageBatch(
                page, batch.attempt(), batch.records(), batch.end(), Optional.of(""), batch.headers(), batch.values());
    }

    private static PageBatch end(long number) {
        return new PageBatch(number, 1, RecordBytes.EMPTY, true, Optional.empty(), Headers.NONE, Values.NONE);
    }

    /**
     * The batches of each page together, as soon as it has come to its end: a page that is not read to its end keeps its request
     * under way, and of one that broke off only the last try counts.
     *
     * <p>Demand: a page that has begun is read to its end; the next is asked for on demand. Memory holds one page.
     */
    private static Flux<List<PageBatch>> whole(Flux<PageBatch> batches) {
        return Flux.defer(() -> {
            List<PageBatch> page = new ArrayList<>(1);
            return batches.handle((batch, out) -> {
                if (!page.isEmpty() && page.get(0).attempt() != batch.attempt()) {
                    page.clear(); // that try broke off
                }
                page.add(batch);
                if (batch.end()) {
                    out.next(List.copyOf(page));
                    page.clear();
                }
            });
        });
    }
}
