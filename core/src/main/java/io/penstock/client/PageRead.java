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
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import io.penstock.observe.Lane;
import io.penstock.observe.WaitReason;
import io.penstock.page.Paging;
import io.penstock.record.Pointer;
import io.penstock.record.RecordBytes;
import io.penstock.record.Values;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Flux;

/** Turns the parts of one page's answers into batches. */
record PageRead(ApiRequest request, long page, Optional<String> token, Paging paging, Answers answers) {

    private static final byte[] NOTHING = new byte[0];

    /** Where GraphQL and JSON:API report failures beside {@code data}, inside an answer of status 200. */
    static final Pointer GRAPHQL_ERRORS = Pointer.of("/errors");

    /**
     * The batches of one try.
     *
     * <p>Demand: a part is asked for when all batches of the one before have been taken, so that what a small part unpacks to is
     * unpacked as it is asked for, and one part at most is read beyond demand.
     */
    Flux<PageBatch> attempt(Flux<ResponsePart> parts, Reading reading, int attempt, Lane lane) {
        Decoder decoder = reading.decoder();
        Try current = new Try(decoder, reading.format(), attempt, lane);
        return parts.concatMapIterable(current::batches, 1).doFinally(end -> decoder.close());
    }

    /**
     * How pages are read.
     *
     * @param format their notation
     * @param records where the records are
     * @param captures what paging looks at
     */
    record Reading(Format format, Pointer records, Set<Pointer> captures) {

        Decoder decoder() {
            return format.decoder(records, captures);
        }
    }

    /** One try of the page; for one subscriber. */
    private final class Try {

        private final Decoder decoder;
        private final Format format;
        private final int attempt;
        private final Lane lane;
        private Head head = new Head(0, Headers.NONE, "");
        private int records;

        Try(Decoder decoder, Format format, int attempt, Lane lane) {
            this.decoder = decoder;
            this.format = format;
            this.attempt = attempt;
            this.lane = lane;
        }

        Iterable<PageBatch> batches(ResponsePart part) {
            if (part instanceof Chunk chunk) {
                return () -> new Batches(chunk);
            }
            begin((Head) part);
            return List.of();
        }

        private void begin(Head first) {
            head = first;
            if (!first.framed() && !format.closesItself()) {
                throw located(
                        new ProtocolError(
                                request + " was answered by a body that ends when the connection does, so"
                                        + " nothing shows whether lines of it are missing: ask the server for Content-Length or chunks"));
            }
            if (first.headers().mediaType().equals("text/html")) {
                throw located(new UnexpectedContent(request + " was answered with an HTML page, expected " + format
                        + ": check base_url, path and" + " whether the API wants a login"));
            }
        }

        private PageBatch batch(byte[] bytes, boolean last) {
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

        /** The batches of one chunk, each made when it is asked for. */
        private final class Batches implements Iterator<PageBatch> {

            private final boolean last;
            private byte[] bytes;
            private boolean begun;

            Batches(Chunk chunk) {
                this.bytes = chunk.bytes();
                this.last = chunk.last();
            }

            @Override
            public boolean hasNext() {
                return !begun || decoder.pending();
            }

            @Override
            public PageBatch next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                begun = true;
                byte[] piece = bytes;
                bytes = NOTHING;
                return batch(piece, last);
            }
        }
    }
}
