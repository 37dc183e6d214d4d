package io.penstock.connectors.rest;

/** The model API as a plan describes it, all of it. */
final class ModelPlan {

    private ModelPlan() {}

    static String text(String token) {
        return """
            auth: { bearer: "${env:%s}" }
            streams:
              customers:
                path: /v1/customers
                params: { per_page: 50 }
                records: /data
                key: id
                deleted: deleted
                paging: { page: { has_next: /has_next } }
                read_ahead: 4
                incremental: { field: updated_at, param: updated_since }
              orders:
                path: /v1/orders
                params: { limit: 50, month: "{month}" }
                records: /items
                key: id
                deleted: deleted
                paging: { cursor: { at: /next_cursor, param: cursor } }
                incremental: { field: updated_at, param: updated_since }
                slices: { month: [2025-01, 2025-02, 2025-03, 2025-04, 2025-05, 2025-06,
                                  2025-07, 2025-08, 2025-09, 2025-10, 2025-11, 2025-12] }
              invoices:
                path: /v1/invoices
                records: /invoices
                key: id
                deleted: deleted
                paging: { offset: { size: 50, overlap: 5, total: /total } }
                read_ahead: 3
                incremental: { field: updated_at, param: updated_since }
              events:
                path: /v1/events?per_page=50
                records: ""
                key: id
                deleted: deleted
                paging: link
                incremental: { field: updated_at, param: updated_since }
              products:
                path: /graphql
                method: post
                body:
                  query: |
                    query Products($first: Int!, $after: String, $since: String) {
                      products(first: $first, after: $after, updatedSince: $since) {
                        edges { node { id version updated_at } } pageInfo { hasNextPage endCursor } } }
                  variables: { first: 50, since: "{since}" }
                records: /data/products/edges/*/node
                key: id
                deleted: deleted
                paging: { cursor: { at: /data/products/pageInfo/endCursor,
                                    has_more: /data/products/pageInfo/hasNextPage, body: /variables/after } }
                incremental: { field: updated_at, start: 2024-01-01T00:00:00Z, format: iso8601 }
              documents:
                path: /v1/documents
                params: { limit: 50 }
                records: /results
                key: id
                deleted: deleted
                paging: { next_url: /next }
                incremental: { field: updated_at, param: updated_since }
              details:
                path: "/v1/customers/{id}"
                parent: { stream: customers, id: /id, include: { parent_version: /version } }
                records: ""
                key: id
                paging: none
            """.formatted(token);
    }
}
