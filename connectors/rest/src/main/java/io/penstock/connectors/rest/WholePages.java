package io.penstock.connectors.rest;

import io.penstock.client.PageBatch;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;

/**
 * Gathers pages that come in several batches, for readers that may not see half a page: a page that is not read to its end keeps
 * its request under way, and of one that broke off only the last try counts.
 */
final class WholePages {

    private WholePages() {}

    /**
     * The batches of each page together, as soon as it has come to its end.
     *
     * <p>Demand: a page that has begun is read to its end; the next is asked for on demand. Memory holds one page.
     */
    static Flux<List<PageBatch>> of(Flux<PageBatch> batches) {
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
