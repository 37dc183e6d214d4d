package io.penstock.connectors.reference;

import io.penstock.client.PageBatch;
import io.penstock.record.Resume;
import io.penstock.record.SliceId;
import java.util.List;
import reactor.core.publisher.Flux;

/** One stream of the model API: how it is divided, and how its pages are asked for. */
interface ReferenceStream {

    /** As the API calls it. */
    String name();

    /** Whether the next page's token still names the same page when records were inserted and deleted since. */
    Resume resume();

    /** Whether its pages are numbered, so that the list may move under the reader. */
    default boolean numbered() {
        return false;
    }

    /** The keys of its slices, in the order in which they are best read. */
    default List<String> slices() {
        return List.of(SliceId.ALL);
    }

    /** The pages that {@code read} asks for; cold. */
    Flux<PageBatch> pages(StreamRead read);
}
