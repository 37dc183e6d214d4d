package io.penstock.cli;

import io.penstock.runner.summary.ConnectionSummary;
import io.penstock.runner.summary.RunSummary;
import io.penstock.sink.WriteMode;
import io.penstock.testkit.model.ModelApi;

/** Holds what landed against the API's own account of its data. */
final class DemoProof {

    private DemoProof() {}

    static void print(ModelApi api, RunSummary summary, Console console) {
        for (ConnectionSummary connection : summary.connections()) {
            long wrong = connection.rows().entrySet().stream()
                    .filter(entry -> upserted(connection, entry.getKey()))
                    .filter(entry -> entry.getValue() != api.data().rows(entry.getKey(), api.revision()))
                    .peek(entry -> console.say(entry.getKey() + " holds " + entry.getValue() + " rows, the API "
                            + api.data().rows(entry.getKey(), api.revision())))
                    .count();
            console.say(
                    wrong == 0
                            ? "Every table holds as many rows as the API says it has."
                            : "This is a bug: please report it.");
        }
    }

    /** A log of changes grows with every deletion; only a table of current rows can be compared. */
    private static boolean upserted(ConnectionSummary connection, String stream) {
        return connection.streams().stream()
                .filter(report -> report.stream().name().equals(stream))
                .anyMatch(report -> report.mode() == WriteMode.UPSERT);
    }
}
