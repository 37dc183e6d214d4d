package io.penstock.client;

import io.penstock.client.exchange.Answers;
import io.penstock.decode.Decoder;
import io.penstock.error.BadAnswer.MalformedPayload;
import io.penstock.error.BadAnswer.RequestRejected;
import io.penstock.error.BadAnswer.UnexpectedContent;
import io.penstock.error.PenstockException;
import io.penstock.error.Place;
import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import io.penstock.observe.Lane;
import io.penstock.observe.WaitReason;
import io.penstock.page.Paging;
import io.penstock.record.Pointer;
import io.penstock.record.RecordBytes;
import io.penstock.record.Values;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import reactor.core.publisher.Flux;

/** Turns the parts of one page's answers into batches. */
record PageRead(ApiRequest request, long page, Optional<String> token, Paging paging, Answers answers) {

    /** Where GraphQL and JSON:API report failures beside {@code data}, inside an answer of status 200. */
    static final Pointer GRAPHQL_ERRORS = Pointer.of("/errors");

    /** The batches of one try. */
    Flux<PageBatch> attempt(Flux<ResponsePart> parts, Decoder decoder, int attempt, Lane lane) {
        Try current = new Try(decoder, attempt, lane);
        return parts.handle((part, out) -> {
            if (part instanceof Head head) {
                current.begin(head);
            } else if (part instanceof Chunk chunk) {
                out.next(current.batch(chunk));
            }
        });
    }

    /** One try of the page; for one subscriber. */
    private final class Try {

        private final Decoder decoder;
        private final int attempt;
        private final Lane lane;
        private Head head = new Head(0, Headers.NONE, "");
        private int records;

        Try(Decoder decoder, int attempt, Lane lane) {
            this.decoder = decoder;
            this.attempt = attempt;
            this.lane = lane;
        }

        void begin(Head first) {
            head = first;
            if (first.headers().mediaType().equals("text/html")) {
                throw located(html());
            }
        }

        private UnexpectedContent html() {
            return new UnexpectedContent(
                    request + " was answered with an HTML page, expected JSON: check base_url, path and"
                            + " whether the API wants a login");
        }

        /** Whether a body that cannot be read begins as pages for people do, whatever its media type says. */
        private boolean looksLikeHtml(byte[] bytes) {
            return records == 0
                    && new String(bytes, 0, Math.min(bytes.length, 64), StandardCharsets.UTF_8)
                            .replace("\uFEFF", "")
                            .stripLeading()
                            .startsWith("<");
        }

        PageBatch batch(Chunk chunk) {
            lane.waits().on(WaitReason.DECODE);
            RecordBytes found = decode(chunk);
            if (!chunk.last()) {
                lane.waits().on(WaitReason.TRANSFER);
            }
            records += found.size();
            Optional<String> next = chunk.last() ? next() : Optional.empty();
            return new PageBatch(page, attempt, found, chunk.last(), next, head.headers(), decoder.values());
        }

        private RecordBytes decode(Chunk chunk) {
            try {
                RecordBytes found = decoder.decode(chunk.bytes(), chunk.last());
                refuseErrors();
                return found;
            } catch (PenstockException wrong) {
                refuseErrors(); // an answer without data says there why
                throw located(wrong instanceof MalformedPayload && looksLikeHtml(chunk.bytes()) ? html() : wrong);
            }
        }

        private void refuseErrors() {
            Values seen = decoder.values();
            answers.byRule(request, head, seen::at).ifPresent(refusal -> {
                throw refusal;
            });
            decoder.values()
                    .at(GRAPHQL_ERRORS)
                    .filter(errors -> !errors.equals("[]"))
                    .ifPresent(errors -> {
                        throw located(new RequestRejected(
                                request
                                        + " was answered with errors beside its data: check the query and its variables",
                                head.status()));
                    });
        }

        private Optional<String> next() {
            try {
                return paging.next(new Paging.Seen(request, token, head.headers(), decoder.values(), records));
            } catch (PenstockException astray) {
                throw located(astray);
            }
        }

        private PenstockException located(PenstockException failure) {
            return failure.in(Place.request(attempt, head.requestId()));
        }
    }
}
