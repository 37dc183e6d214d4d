package io.penstock.runner.host;

import io.penstock.client.ApiClient;
import io.penstock.rate.BudgetState;
import io.penstock.retry.RetryBudget;
import io.penstock.retry.RetryPolicy;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Begins HTTP clients for sources, with transport and time already in them. Safe for concurrent use. */
@FunctionalInterface
public interface ClientFactory {

    /** A client in the making for {@code base}; the runner adds the connection's limits. */
    ApiClient.Builder at(URI base);

    /** What becomes of a plan's wish how failed requests are repeated; by default it is granted. */
    default RetryPolicy retry(RetryPolicy planned) {
        return planned;
    }

    /** How the budgets stand that its clients spend from; none if it does not know. */
    default List<BudgetState> budgets() {
        return List.of();
    }

    /** How the budgets stand that pay for its clients' repeats, by their names; none if it does not know. */
    default Map<String, RetryBudget.Usage> retryBudgets() {
        return Map.of();
    }
}
