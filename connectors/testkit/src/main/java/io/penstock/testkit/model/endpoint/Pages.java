package io.penstock.testkit.model.endpoint;

import io.penstock.testkit.model.data.Dataset;
import io.penstock.testkit.model.data.Filter;
import io.penstock.testkit.model.data.RecordReader;
import io.penstock.testkit.model.data.Selection;
import io.penstock.testkit.model.record.Bytes;
import io.penstock.testkit.model.record.ModelStream;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Finds and writes the records of a page. Safe for concurrent use. */
public final class Pages {

    private static final int RECORD_ROOM = 600;

    private final Dataset data;
    private final Scheduler worker;

    /**
     * Pages of a data set.
     *
     * @param worker where scans of a whole stream run
     */
    public Pages(Dataset data, Scheduler worker) {
        this.data = data;
        this.worker = worker;
    }

    /** What they are pages of. */
    public Dataset data() {
        return data;
    }

    /** Runs what takes long away from the event loop. */
    public <T> Mono<T> offLoop(Callable<T> work) {
        return Mono.fromCallable(work).subscribeOn(worker);
    }

    /** Makes an answer from the matching records: at once if they are known, else after a scan off the event loop. */
    Mono<Reply> answer(
            Call call, ModelStream stream, Filter filter, BiFunction<Selection, RecordReader, Reply> writer) {
        Selection known = data.selected(stream, call.revision(), filter);
        Mono<Selection> selection =
                known != null ? Mono.just(known) : offLoop(() -> data.select(stream, call.revision(), filter));
        return selection.map(found -> writer.apply(found, data.reader(stream, call.revision())));
    }

    /** Room for that many records. */
    static Bytes room(int records, Selection selection) {
        return new Bytes(256 + RECORD_ROOM * Math.min(records, selection.total()));
    }

    /**
     * Writes records with commas between them.
     *
     * @param first index of the first one; negative for none
     * @return the index of the record after the last one written, or -1 if there is none
     */
    static int write(Selection selection, RecordReader reader, int first, int limit, Bytes out) {
        int index = first;
        for (int written = 0; index >= 0 && written < limit; written++) {
            if (written > 0) {
                out.ascii(',');
            }
            reader.write(out);
            index = selection.next(index + 1, reader);
        }
        return index;
    }
}
