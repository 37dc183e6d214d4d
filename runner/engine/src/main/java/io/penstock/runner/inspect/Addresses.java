package io.penstock.runner.inspect;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.runner.plan.Plan;
import io.penstock.runner.plan.PlannedConnection;
import java.util.Map;

/** Reads {@code stream} or {@code connection/stream}. */
final class Addresses {

    private Addresses() {}

    /**
     * The connection and the stream's name.
     *
     * @throws ConfigError if the connection is not known, or not named where there are several
     */
    static Map.Entry<PlannedConnection, String> of(Plan plan, String address) {
        int slash = address.indexOf('/');
        if (slash > 0) {
            return Map.entry(plan.connection(address.substring(0, slash)), address.substring(slash + 1));
        }
        if (plan.connections().size() == 1) {
            return Map.entry(plan.connections().get(0), address);
        }
        throw new ConfigError("the plan " + plan.name() + " has several connections: say which one, such as "
                + plan.connections().get(0).id() + "/" + address);
    }
}
