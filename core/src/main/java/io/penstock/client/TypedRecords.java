package io.penstock.client;

import com.fasterxml.jackson.databind.ObjectReader;
import io.penstock.client.typed.Json;
import io.penstock.error.BadAnswer.MalformedPayload;
import io.penstock.error.TryLater.TruncatedResponse;
import io.penstock.record.RecordBytes;
import java.io.IOException;
import java.util.AbstractList;
import java.util.List;
import reactor.core.publisher.Flux;

/** Turns batches into objects, one page ahead at most. */
final class TypedRecords {

    private TypedRecords() {}

    static <T> Flux<T> read(Flux<PageBatch> batches, Class<T> type) {
        ObjectReader reader = Json.MAPPER.readerFor(type);
        return Flux.defer(() -> {
            Seen seen = new Seen();
            return batches.doOnNext(seen::follow).concatMapIterable(batch -> objects(batch.records(), reader, type), 1);
        });
    }

    /** Watches that no page comes again after records of it have been handed on; for one subscriber. */
    private static final class Seen {

        private long page = -1;
        private int attempt;

        void follow(PageBatch batch) {
            if (batch.page() == page && batch.attempt() > attempt) {
                throw new TruncatedResponse("page " + page
                        + " broke off after records of it had been handed on: read it again from the start");
            }
            page = batch.page();
            attempt = batch.attempt();
        }
    }

    /** A view that reads each record when it is asked for. */
    private static <T> List<T> objects(RecordBytes records, ObjectReader reader, Class<T> type) {
        return new AbstractList<>() {
            @Override
            public T get(int i) {
                try {
                    return reader.readValue(records.array(), records.start(i), records.end(i) - records.start(i));
                } catch (IOException unfit) {
                    throw new MalformedPayload(
                            "record " + i + " cannot be read as " + type.getSimpleName() + ": " + Json.reason(unfit));
                }
            }

            @Override
            public int size() {
                return records.size();
            }
        };
    }
}
