package io.penstock.runner.run;

import io.penstock.runner.plan.Plan;
import io.penstock.runner.plan.PlannedConnection;
import java.util.List;

/** Which connections of a plan are run. */
final class Chosen {

    private Chosen() {}

    /**
     * In the plan's order, with the limits that hold.
     *
     * @throws io.penstock.error.BadConfig.ConfigError if the options name a connection that is not there
     */
    static List<PlannedConnection> of(Plan plan, RunOptions options) {
        options.connections().forEach(plan::connection);
        return plan.connections().stream()
                .filter(c ->
                        options.connections().isEmpty() || options.connections().contains(c.id().name()))
                .map(c -> options.limits().map(c::with).orElse(c))
                .toList();
    }
}
