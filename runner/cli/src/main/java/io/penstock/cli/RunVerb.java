package io.penstock.cli;

import io.penstock.cli.view.Console;
import io.penstock.cli.view.SummaryText;
import io.penstock.runner.plan.Plan;
import io.penstock.runner.run.RunOptions;
import io.penstock.runner.summary.RunSummary;
import java.util.LinkedHashSet;
import picocli.CommandLine.Model.CommandSpec;

/** {@code run PLAN.yaml}. */
final class RunVerb implements Verb {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Words.ofPlan("run")
                .addOption(
                        Words.texts("--connection", "NAME", "Only these connections; with commas, or several times."))
                .addOption(Words.texts("--stream", "NAME", "Only these streams; with commas, or several times."))
                .addOption(Words.flag("--full-refresh", "Read everything again instead of what changed."))
                .addOption(Words.flag("--dry-run", "Say what would run, and how; move nothing."))
                .addOption(Words.flag("--json", "Print the summary as one line of JSON on stdout."));
        spec.usageMessage()
                .description("Runs the connections of a plan: reads what is new and makes it durable, exactly once.")
                .footer(
                        "",
                        "Stop with Ctrl-C: pages under way are committed, the next run goes on from",
                        "there. A second Ctrl-C stops at once, and loses nothing either.",
                        "Exit code 0: all of it is durable. 75: run the same again later.",
                        "Examples:",
                        "  penstock run shop.yaml",
                        "  penstock run shop.yaml --stream orders,customers --json > summary.json",
                        "  penstock run shop.yaml --full-refresh --profile production");
        return spec;
    }

    @Override
    public int run(Words words, Console console) {
        try (Session session = words.has("--dry-run") ? Session.impatient() : Session.patient()) {
            Plan plan = session.plan(words, console);
            RunOptions options = RunOptions.builder()
                    .connections(new LinkedHashSet<>(words.all("--connection")))
                    .streams(new LinkedHashSet<>(words.all("--stream")))
                    .fullRefresh(words.has("--full-refresh"))
                    .build();
            if (words.has("--dry-run")) {
                return DryRun.print(session, plan, options, console, words.has(Words.JSON));
            }
            RunSummary summary = Running.watch(session, plan, options, console, words.has(Words.JSON));
            SummaryText.look(summary, console);
            return summary.exitCode();
        }
    }
}
