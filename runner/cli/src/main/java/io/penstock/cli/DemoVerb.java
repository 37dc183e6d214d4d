package io.penstock.cli;

import io.penstock.cli.demo.DemoFolder;
import io.penstock.cli.demo.DemoProof;
import io.penstock.cli.run.Running;
import io.penstock.cli.view.Console;
import io.penstock.cli.view.SummaryText;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.runner.plan.Plan;
import io.penstock.runner.run.RunOptions;
import io.penstock.runner.summary.RunSummary;
import io.penstock.testkit.model.ModelApi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code demo}: the tour. */
final class DemoVerb implements Verb {

    private static final int WRONG = 70;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create()
                .name("demo")
                .addOption(Words.number("--records", "N", "Rows of each stream; default 10000."))
                .addOption(Words.text("--sink", "SINK", "Where to: duckdb (default), jsonl or parquet."))
                .addOption(Words.text("--out", "DIR", "The folder to write into; default penstock-demo."))
                .addOption(Words.hostile())
                .addOption(Words.flag("--fresh", "Forget earlier demos in DIR and start over."))
                .addOption(Words.flag("--json", "Print the summary as one line of JSON on stdout."));
        spec.usageMessage()
                .description(
                        "Reads all streams of a model API on this machine into DIR/demo.duckdb.",
                        "The API is part of Penstock and starts with the demo; nothing leaves this machine.",
                        "Run it again: the API has changed by then, and only the changes are read.")
                .footer(
                        "",
                        "Examples:",
                        "  penstock demo",
                        "  penstock demo --records 200000 --hostile",
                        "  penstock demo --sink jsonl --out /tmp/demo");
        return spec;
    }

    @Override
    public int run(Words words, Console console) {
        Path directory = console.directory()
                .resolve(words.text("--out").orElse("penstock-demo"))
                .normalize();
        try {
            DemoFolder folder = DemoFolder.open(directory, records(words), words.text("--sink"), words.has("--fresh"));
            return run(folder, words, console);
        } catch (IOException unusable) {
            throw new ConfigError(
                    "cannot use the folder " + directory + " (" + unusable + "): give another one with --out",
                    unusable);
        }
    }

    private static Optional<Long> records(Words words) {
        return words.has("--records")
                ? Optional.of(words.count("--records", 0, 0, DemoApiVerb.MOST_RECORDS))
                : Optional.empty();
    }

    private static int run(DemoFolder folder, Words words, Console console) throws IOException {
        ModelApi.Builder builder =
                ModelApi.builder().port(0).records(folder.records()).revision(folder.revision());
        words.hostileSeed().ifPresent(builder::hostile);
        try (ModelApi api = builder.build().start();
                Session session = Session.patient()) {
            console.say("The model API serves revision " + folder.revision() + " of its data at " + api.baseUrl()
                    + words.hostileSeed()
                            .map(seed -> ", and misbehaves (seed " + seed + ")")
                            .orElse("") + ".");
            Plan plan = session.plan(folder.plan(api.baseUrl()), Optional.empty(), console);
            RunSummary summary =
                    Running.watch(session.watched(plan), RunOptions.defaults(), console, words.has(Words.JSON));
            return summary.exitCode() == 0 ? finish(folder, api, summary, console) : summary.exitCode();
        }
    }

    private static int finish(DemoFolder folder, ModelApi api, RunSummary summary, Console console) throws IOException {
        boolean right = DemoProof.print(api, folder.revision() == 1, summary, console);
        console.say("");
        SummaryText.look(summary, console);
        console.say("Its plan:    " + console.shown(folder.planFile()));
        console.say("Once more:   " + console.command() + " demo" + folder.choice(console)
                + "   reads only what has changed by then");
        folder.done();
        return right ? 0 : WRONG;
    }
}
