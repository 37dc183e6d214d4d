package io.penstock.connectors.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.client.ApiCall;
import io.penstock.client.PageBatch;
import io.penstock.client.Pages;
import io.penstock.decode.format.Format;
import io.penstock.error.BadAnswer.LimitExceeded;
import io.penstock.error.BadAnswer.MalformedPayload;
import io.penstock.error.BadAnswer.UnexpectedContent;
import io.penstock.error.PenstockException;
import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import io.penstock.observe.RequestLog;
import io.penstock.observe.RequestLog.Finding;
import io.penstock.page.Paging;
import io.penstock.page.detect.PagingDetector;
import io.penstock.page.detect.PagingDetector.Detected;
import io.penstock.page.detect.RecordsDetector;
import io.penstock.record.Pointer;
import io.penstock.source.RecordPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.util.context.ContextView;

/**
 * Reads pages where the plan says how, and finds out from a first answer where it does not.
 *
 * <p>A style of paging that was recognised is kept for as long as the source is open. That an answer shows none proves nothing
 * for the next slice or parent, whose list may be longer: there each first answer is looked at anew, and is itself the page. Safe
 * for concurrent use.
 */
final class Layouts {

    private static final String NONE = "none";
    /** What an answer may hold is limited where it is received. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build());

    private static final Logger LOG = LoggerFactory.getLogger(Layouts.class);

    private final Map<String, Paging> pagings = new ConcurrentHashMap<>();
    private final Map<String, RecordPath> paths = new ConcurrentHashMap<>();
    private final Set<String> doubted = ConcurrentHashMap.newKeySet();

    /** The pages of {@code call}; cold. */
    Flux<PageBatch> pages(String name, StreamSpec spec, ApiCall call) {
        if (spec.format().isPresent()) {
            return written(spec, call, spec.format().get());
        }
        Optional<Paging> paging = spec.paging().or(() -> Optional.ofNullable(pagings.get(name)));
        Optional<RecordPath> path = spec.records().or(() -> Optional.ofNullable(paths.get(name)));
        return paging.isPresent() && path.isPresent()
                ? follow(spec, call, paging.get(), path.get())
                : call.judged(answer -> requireJson(call, answer))
                        .exchange()
                        .onErrorMap(LimitExceeded.class, tooLarge -> undecided(call, tooLarge))
                        .flatMapMany(answer ->
                                Flux.deferContextual(context -> look(name, spec, call, answer, told(name, context))));
    }

    private static PenstockException undecided(ApiCall call, LimitExceeded tooLarge) {
        return String.valueOf(tooLarge.getMessage()).contains("page buffer")
                ? new LimitExceeded(
                        call.request()
                                + " was answered with more than page_buffer holds, so where its records and its next page stand"
                                + " cannot be found out: say so in the plan, as records: /items and paging: none, and it is streamed",
                        tooLarge)
                : tooLarge;
    }

    private static Flux<PageBatch> follow(StreamSpec spec, ApiCall call, Paging paging, RecordPath path) {
        return records(spec, call.pages(paging), path);
    }

    private static Flux<PageBatch> records(StreamSpec spec, Pages pages, RecordPath path) {
        return spec.bounded(pages).batches(pointer(path).toString());
    }

    /** Whether what was asked is what this paging asks first: one that the plan names may add the size of a page. */
    private static boolean asFirst(ApiCall call, Paging paging) {
        ApiRequest first = paging.first(call.request());
        return first.url().equals(call.request().url())
                && Arrays.equals(first.body(), call.request().body());
    }

    /** Where the plan says how bodies are written, nothing is found out: what it does not say is one page, and the document. */
    private static Flux<PageBatch> written(StreamSpec spec, ApiCall call, Format format) {
        String records = spec.records().map(path -> pointer(path).toString()).orElse("");
        return spec.bounded(call.pages(spec.paging().orElseGet(Paging::none)).in(format))
                .batches(records);
    }

    private static Pointer pointer(RecordPath path) {
        Pointer pointer = path.inside().isEmpty() ? path.array() : path.array().child("*");
        for (String name : path.inside()) {
            pointer = pointer.child(name);
        }
        return pointer;
    }

    private Flux<PageBatch> look(String name, StreamSpec spec, ApiCall call, ApiResponse answer, Told told) {
        try {
            return seen(name, spec, call, answer, told);
        } catch (PenstockException unfit) {
            throw unfit.in(io.penstock.error.Place.request(1, answer.requestId()));
        }
    }

    private Flux<PageBatch> seen(String name, StreamSpec spec, ApiCall call, ApiResponse answer, Told told) {
        RecordPath path = spec.records().orElseGet(() -> path(name, spec, call, answer, told));
        Optional<Paging> paging = spec.paging().or(() -> paging(name, call, answer, told));
        return paging.map(found -> spec.paging().isEmpty() || asFirst(call, found)
                        ? records(spec, call.pages(found).beginningWith(answer), path)
                        : follow(spec, call, found, path))
                .orElseGet(() -> records(spec, call.pages(Paging.none()).beginningWith(answer), path));
    }

    /** Hears of a setting that was left out and of what it was taken for. */
    @FunctionalInterface
    private interface Told {
        void found(String setting, String value, String reason);
    }

    /** Tells those who listen, else the log; that an answer is the only one is no news there, where each child may have one. */
    private static Told told(String name, ContextView context) {
        return RequestLog.in(context)
                .<Told>map(log -> (setting, value, reason) -> log.found(new Finding(name, setting, value, reason)))
                .orElse((setting, value, reason) -> {
                    if (!value.equals(NONE)) {
                        LOG.info("{}: {}; write {}: {} to settle it", name, reason, setting, value);
                    }
                });
    }

    private static void requireJson(ApiCall call, ApiResponse answer) {
        String type = answer.headers().mediaType();
        if (type.equals("text/html") || answer.body().length == 0) {
            throw new UnexpectedContent(call.request() + " was answered with "
                    + (answer.body().length == 0 ? "nothing" : "an HTML page")
                    + ", expected JSON: check base_url, path and whether the API wants a login");
        }
        if (failed(call, answer.body())) {
            throw new UnexpectedContent(call.request()
                    + " was answered with errors and no data, expected records: check the query and its variables");
        }
    }

    private RecordPath path(String name, StreamSpec spec, ApiCall call, ApiResponse answer, Told told) {
        return paths.computeIfAbsent(name, first -> {
            RecordPath found = records(call, spec.key(), answer.body());
            String at = found.array().toString();
            told.found("records", '"' + at + '"', "the records are " + (at.isEmpty() ? "the document" : "at " + at));
            return found;
        });
    }

    private Optional<Paging> paging(String name, ApiCall call, ApiResponse answer, Told told) {
        Optional<Detected> found = PagingDetector.detect(call.request(), answer.headers(), answer.body());
        found.ifPresent(detected -> {
            told.found("paging", detected.notation(), detected.words());
            pagings.put(name, detected.paging());
        });
        if (found.isEmpty()) {
            Optional<String> doubt = PagingDetector.doubt(call.request(), answer.headers(), answer.body());
            told.found(
                    "paging",
                    NONE,
                    doubt.map(why -> why + ", and nothing tells how to ask for more")
                            .orElse("nothing in the answer says that there is more"));
            doubt.filter(why -> doubted.add(name))
                    .ifPresent(why -> LOG.warn(
                            "{}: {}, and nothing tells how to ask for more: say paging in the plan, or paging: none if that is all",
                            name,
                            why));
        }
        return found.map(Detected::paging);
    }

    /** Whether the answer is a report of errors instead of data, as GraphQL sends it with status 200. */
    private static boolean failed(ApiCall call, byte[] body) {
        JsonNode root = tree(call, body);
        return root.path("errors").isArray()
                && !root.path("errors").isEmpty()
                && (root.path("data").isMissingNode() || root.path("data").isNull());
    }

    /** Where the records are: the document itself if it has the key's fields, else the one array in it, else the document. */
    private static RecordPath records(ApiCall call, List<String> key, byte[] body) {
        JsonNode root = tree(call, body);
        if (!key.isEmpty() && key.stream().allMatch(field -> root.path(field).isValueNode())) {
            return RecordPath.of("");
        }
        try {
            return RecordPath.of(RecordsDetector.detect(body).toString());
        } catch (UnexpectedContent severalArrays) {
            return RecordPath.of("");
        }
    }

    private static JsonNode tree(ApiCall call, byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException broken) {
            throw new MalformedPayload(
                    call.request() + " was answered with broken JSON at byte "
                            + (broken.getLocation() == null
                                    ? "?"
                                    : broken.getLocation().getByteOffset())
                            + ", expected whole JSON: check base_url and path, or tell the API's operator",
                    broken);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
