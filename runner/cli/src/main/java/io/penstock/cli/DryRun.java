package io.penstock.cli;

import io.penstock.runner.plan.Plan;
import io.penstock.runner.plan.PlannedConnection;
import io.penstock.runner.plan.PlannedStream;
import io.penstock.runner.run.RunOptions;
import java.util.stream.Collectors;

/** Says what a run would do. The plan has been judged by the time it is here. */
final class DryRun {

    private DryRun() {}

    static int print(Plan plan, RunOptions options, Console console) {
        for (PlannedConnection connection : plan.connections()) {
            if (options.connections().isEmpty()
                    || options.connections().contains(connection.id().name())) {
                console.say(connection.id() + ": " + connection.source() + " to " + connection.sink() + ", "
                        + streams(connection) + ", at most " + limits(connection));
            }
        }
        console.say("Nothing was touched. The plan is good: run it without --dry-run.");
        return 0;
    }

    private static String streams(PlannedConnection connection) {
        return connection.streams().isEmpty()
                ? "all streams"
                : connection.streams().stream().map(PlannedStream::name).collect(Collectors.joining(", "));
    }

    private static String limits(PlannedConnection connection) {
        return connection.limits().requests().stream()
                        .map(limit -> limit + ", ")
                        .collect(Collectors.joining()) + connection.limits().concurrency() + " at once";
    }
}
