package io.penstock.connectors.reference;

import io.penstock.client.PageBatch;
import io.penstock.page.Paging;
import io.penstock.record.Resume;
import io.penstock.source.RecordPath;
import java.util.LinkedHashMap;
import java.util.Map;
import reactor.core.publisher.Flux;

/** What is for sale: GraphQL, as a Relay connection. */
final class ProductsStream implements ReferenceStream {

    private static final RecordPath NODES = RecordPath.of("/data/products/edges/*/node");
    private static final String QUERY = """
            query Products($first: Int!, $after: String, $updatedSince: String) {
              products(first: $first, after: $after, updatedSince: $updatedSince) {
                edges { node { id version created_at updated_at deleted sku name category price currency stock rating
                  discontinued dimensions { width_cm height_cm weight_kg } tags description } }
                pageInfo { hasNextPage endCursor }
              }
            }""";

    @Override
    public String name() {
        return "products";
    }

    @Override
    public Resume resume() {
        return Resume.PAGE_TOKEN;
    }

    @Override
    public Flux<PageBatch> pages(StreamRead read) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("first", read.pageSize());
        read.walk().since().ifPresent(since -> variables.put("updatedSince", since));
        return read.api()
                .graphql("/graphql", QUERY, variables)
                .pages(Paging.bodyCursor(
                        "/data/products/pageInfo/endCursor", "/data/products/pageInfo/hasNextPage", "/variables/after"))
                .from(read.token())
                .batches(NODES.array().toString())
                .map(batch -> batch.with(NODES.within(batch.records())));
    }
}
