package io.penstock.connectors.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.client.ApiCall;
import io.penstock.client.PageBatch;
import io.penstock.decode.DecodeLimits;
import io.penstock.decode.Decoders;
import io.penstock.error.BadAnswer.MalformedPayload;
import io.penstock.error.BadAnswer.UnexpectedContent;
import io.penstock.message.ApiResponse;
import io.penstock.page.Paging;
import io.penstock.page.PagingDetector;
import io.penstock.page.RecordsDetector;
import io.penstock.record.RecordBytes;
import io.penstock.record.Values;
import io.penstock.source.RecordPath;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/**
 * Reads pages where the plan says how, and finds out from a first answer where it does not.
 *
 * <p>A style of paging that was recognised is kept for as long as the source is open. That an answer shows none proves nothing
 * for the next slice or parent, whose list may be longer: there each first answer is looked at anew, and is itself the page. Safe
 * for concurrent use.
 */
final class Layouts {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Logger LOG = LoggerFactory.getLogger(Layouts.class);

    private final Map<String, Paging> pagings = new ConcurrentHashMap<>();
    private final Map<String, RecordPath> paths = new ConcurrentHashMap<>();

    /** The pages of {@code call}; cold. */
    Flux<PageBatch> pages(String name, StreamSpec spec, ApiCall call) {
        Optional<Paging> paging = spec.paging().or(() -> Optional.ofNullable(pagings.get(name)));
        Optional<RecordPath> path = spec.records().or(() -> Optional.ofNullable(paths.get(name)));
        return paging.isPresent() && path.isPresent()
                ? follow(spec, call, paging.get(), path.get())
                : call.exchange().flatMapMany(answer -> look(name, spec, call, answer));
    }

    private static Flux<PageBatch> follow(StreamSpec spec, ApiCall call, Paging paging, RecordPath path) {
        return spec.bounded(call.pages(paging))
                .batches(path.array().toString())
                .map(batch -> batch.with(path.within(batch.records())));
    }

    private Flux<PageBatch> look(String name, StreamSpec spec, ApiCall call, ApiResponse answer) {
        requireJson(name, answer);
        RecordPath path = spec.records().orElseGet(() -> path(name, spec, answer));
        Optional<Paging> paging = spec.paging().or(() -> paging(name, call, answer));
        return paging.map(found -> follow(spec, call, found, path)).orElseGet(() -> Flux.just(only(path, answer)));
    }

    private static void requireJson(String name, ApiResponse answer) {
        String type = answer.headers().mediaType();
        if (type.equals("text/html") || answer.body().length == 0) {
            throw new UnexpectedContent(name + ": expected JSON, found "
                    + (answer.body().length == 0 ? "an empty answer" : "an HTML page")
                    + ": check base_url, path and whether the API wants a login");
        }
        if (failed(answer.body())) {
            throw new UnexpectedContent(
                    name + ": expected records, found errors beside no data: check the query and its " + "variables");
        }
    }

    private RecordPath path(String name, StreamSpec spec, ApiResponse answer) {
        return paths.computeIfAbsent(name, first -> {
            RecordPath found = records(spec.key(), answer.body());
            LOG.info(
                    "{}: the records are at '{}'; write records: \"{}\" to settle it",
                    name,
                    found.array(),
                    found.array());
            return found;
        });
    }

    private Optional<Paging> paging(String name, ApiCall call, ApiResponse answer) {
        Optional<Paging> found = PagingDetector.detect(call.request(), answer.headers(), answer.body())
                .map(detected -> {
                    LOG.info("{}: {}; write it under paging to settle it", name, detected.words());
                    return detected.paging();
                });
        found.ifPresent(paging -> pagings.put(name, paging));
        return found;
    }

    /** An answer without successor as the page it is. */
    private static PageBatch only(RecordPath path, ApiResponse answer) {
        RecordBytes records =
                Decoders.json(path.array(), Set.of(), DecodeLimits.DEFAULT).decode(answer.body(), true);
        return new PageBatch(0, 1, path.within(records), true, Optional.empty(), answer.headers(), Values.NONE);
    }

    /** Whether the answer is a report of errors instead of data, as GraphQL sends it with status 200. */
    private static boolean failed(byte[] body) {
        JsonNode root = tree(body);
        return root.path("errors").isArray()
                && !root.path("errors").isEmpty()
                && (root.path("data").isMissingNode() || root.path("data").isNull());
    }

    /** Where the records are: the document itself if it has the key's fields, else the one array in it, else the document. */
    private static RecordPath records(List<String> key, byte[] body) {
        JsonNode root = tree(body);
        if (!key.isEmpty() && key.stream().allMatch(field -> root.path(field).isValueNode())) {
            return RecordPath.of("");
        }
        try {
            return RecordPath.of(RecordsDetector.detect(body).toString());
        } catch (UnexpectedContent severalArrays) {
            return RecordPath.of("");
        }
    }

    private static JsonNode tree(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException broken) {
            throw new MalformedPayload("the first answer is not JSON: check base_url and path", broken);
        }
    }
}
