package io.penstock.client;

import io.penstock.client.exchange.Answers;
import io.penstock.decode.Decoder;
import io.penstock.decode.format.Format;
import io.penstock.error.BadAnswer.ProtocolError;
import io.penstock.error.BadAnswer.RequestRejected;
import io.penstock.error.BadAnswer.UnexpectedContent;
import io.penstock.error.PenstockException;
import io.penstock.error.Place;
import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Head;
import io.penstock.observe.Lane;
import io.penstock.observe.WaitReason;
import io.penstock.page.Paging;
import io.penstock.record.Pointer;
import io.penstock.record.RecordBytes;
import io.penstock.record.Values;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Turns the parts of one page's answers into batches. */
record PageRead(ApiRequest request, long page, Optional<String> token, Paging paging, Answers answers) {

    private static final Head NO_HEAD = new Head(0, Headers.NONE, "");

    /** Where GraphQL and JSON:API report failures beside {@code data}, inside an answer of status 200. */
    static final Pointer GRAPHQL_ERRORS = Pointer.of("/errors");

    /** The batches of one try; {@link Decoding} tells when they are made. */
    Flux<PageBatch> attempt(Flux<ResponsePart> parts, Reading reading, int attempt, Lane lane) {
        return new Decoding(parts, () -> new Try(reading, attempt, lane));
    }

    /**
     * How pages are read, and the decoder that the last one has left behind. Safe for concurrent use.
     */
    static final class Reading {

        private final Format format;
        private final Pointer records;
        private final Set<Pointer> captures;
        private final AtomicReference<@Nullable Decoder> spare = new AtomicReference<>();

        /**
         * One way of reading.
         *
         * @param format the notation of the pages
         * @param records where the records are
         * @param captures what paging looks at
         */
        Reading(Format format, Pointer records, Set<Pointer> captures) {
            this.format = format;
            this.records = records;
            this.captures = captures;
        }

        Format format() {
            return format;
        }

        Decoder decoder() {
            Decoder known = spare.getAndSet(null);
            return known == null ? another() : known;
        }

        /** A decoder that is nobody else's. */
        Decoder another() {
            return format.decoder(records, captures);
        }

        /** The decoder has read a document to its end, and may read another. */
        void giveBack(Decoder used) {
            if (used.reset()) {
                spare.set(used);
            } else {
                used.close();
            }
        }
    }

    /** One try of the page; for one subscriber. */
    private final class Try implements Decoding.Page {

        private final Reading reading;
        private final Decoder decoder;
        private final int attempt;
        private final Lane lane;
        private Head head = NO_HEAD;
        private int records;

        Try(Reading reading, int attempt, Lane lane) {
            this.reading = reading;
            this.decoder = reading.decoder();
            this.attempt = attempt;
            this.lane = lane;
        }

        @Override
        public void close(boolean whole) {
            if (whole) {
                reading.giveBack(decoder);
            } else {
                decoder.close();
            }
        }

        @Override
        public boolean pending() {
            return decoder.pending();
        }

        @Override
        public void begin(Head first) {
            head = first;
            if (!first.framed() && !reading.format().closesItself()) {
                throw located(
                        new ProtocolError(request + " was answered by a body that ends when the connection does, so"
                                + " nothing shows whether lines of it are missing: ask the server's operator for Content-Length or"
                                + " chunks, or take the risk by format: { allow_unframed: true }"));
            }
            if (first.headers().mediaType().equals("text/html")) {
                throw located(new UnexpectedContent(request + " was answered with an HTML page, expected "
                        + reading.format() + ": check base_url, path and" + " whether the API wants a login"));
            }
        }

        @Override
        public PageBatch batch(byte[] bytes, boolean last) {
            lane.waits().on(WaitReason.DECODE);
            RecordBytes found = decode(bytes, last);
            if (!last) {
                lane.waits().on(WaitReason.TRANSFER);
            }
            records += found.size();
            boolean end = last && !decoder.pending();
            if (end && decoder.repairs() > 0) {
                lane.repaired(decoder.repairs());
            }
            Optional<String> next = end ? next() : Optional.empty();
            return new PageBatch(page, attempt, found, end, next, head.headers(), decoder.values());
        }

        private RecordBytes decode(byte[] bytes, boolean last) {
            try {
                RecordBytes found = decoder.decode(bytes, last);
                refuseErrors();
                return found;
            } catch (PenstockException wrong) {
                refuseErrors(); // an answer without data says there why
                throw located(wrong);
            }
        }

        private void refuseErrors() {
            Values seen = decoder.values();
            answers.byRule(request, head, seen::at).ifPresent(refusal -> {
                throw refusal;
            });
            String errors = seen.at(GRAPHQL_ERRORS).orElse("[]");
            if (!errors.equals("[]")) {
                throw located(new RequestRejected(
                        request + " was answered with errors beside its data: check the query and its variables",
                        head.status()));
            }
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
