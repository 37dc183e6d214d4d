package io.penstock.testkit.model.endpoint;

import java.util.List;
import java.util.Map;

/** Which endpoint answers which path, for the paths that need credentials. */
public final class Routes {

    private static final String V1 = "/v1/";

    private final Map<String, Endpoint> lists;
    private final Endpoint customer;
    private final Endpoint graphQl;

    /** Every endpoint over one data set. */
    public Routes(Pages pages) {
        this.lists = Map.of(
                "/v1/customers", new CustomersEndpoint(pages),
                "/v1/orders", new OrdersEndpoint(pages),
                "/v1/invoices", new InvoicesEndpoint(pages),
                "/v1/events", new EventsEndpoint(pages),
                "/v1/documents", new DocumentsEndpoint(pages));
        this.customer = new CustomerEndpoint(pages);
        this.graphQl = new GraphQlEndpoint(pages);
    }

    /** Whether a path asks for data. */
    public static boolean data(String path) {
        return path.startsWith(V1) || path.equals("/graphql");
    }

    /** The stream that a data path is counted under; unknown paths are counted under {@code other}. */
    public String stream(String path) {
        if (path.equals("/graphql")) {
            return "products";
        }
        if (path.startsWith(CustomerEndpoint.PATH)) {
            return "customers";
        }
        return lists.containsKey(path) ? path.substring(V1.length()) : "other";
    }

    /** The endpoint for a call; it says so if there is none, or if the method is wrong. */
    public Endpoint of(Call call) {
        Endpoint list = lists.get(call.path());
        if (list != null) {
            return allowed(call, list, "GET");
        }
        if (call.path().equals("/graphql")) {
            return allowed(call, graphQl, "POST");
        }
        if (call.path().startsWith(CustomerEndpoint.PATH)) {
            return allowed(call, customer, "GET, PUT, PATCH");
        }
        throw Problem.notFound(call.path());
    }

    private static Endpoint allowed(Call call, Endpoint endpoint, String methods) {
        if (!List.of(methods.split(", ", -1)).contains(call.method())) {
            throw Problem.wrongMethod(call.method(), call.path(), methods);
        }
        return endpoint;
    }
}
