package io.penstock.cli.demo;

import io.penstock.cli.view.Console;
import io.penstock.cli.view.Quantities;
import io.penstock.runner.summary.ConnectionSummary;
import io.penstock.runner.summary.RunSummary;
import io.penstock.sink.WriteMode;
import io.penstock.testkit.model.ModelApi;

/** Holds what landed against the API's own account of its data. */
public final class DemoProof {

    private DemoProof() {}

    /** Says whether every destination holds as many rows as the API; whether it does is returned. */
    public static boolean print(ModelApi api, boolean first, RunSummary summary, Console console) {
        long wrong = summary.connections().stream()
                .mapToLong(connection -> wrong(api, first, connection, console))
                .sum();
        if (wrong > 0) {
            console.say("That is a bug of Penstock: please report it.");
        } else if (first || summary.streams().stream().allMatch(stream -> stream.mode() == WriteMode.UPSERT)) {
            console.say("Every stream holds as many rows as the API says it has.");
        } else {
            console.say("Files keep every version of a row: the changes were added at their ends.");
        }
        return wrong == 0;
    }

    /** A log of changes grows with every change; it can only be compared when it is new. */
    private static long wrong(ModelApi api, boolean first, ConnectionSummary connection, Console console) {
        return connection.streams().stream()
                .filter(report -> first || report.mode() == WriteMode.UPSERT)
                .filter(report -> differs(api, connection, report.stream().name(), console))
                .count();
    }

    private static boolean differs(ModelApi api, ConnectionSummary connection, String stream, Console console) {
        long expected = api.data().rows(stream, api.revision());
        long found = connection.rows().getOrDefault(stream, -1L);
        if (found != expected) {
            console.say(stream + " holds " + (found < 0 ? "an unknown number of" : Quantities.count(found))
                    + " rows, the API has " + Quantities.count(expected) + ".");
        }
        return found != expected;
    }
}
