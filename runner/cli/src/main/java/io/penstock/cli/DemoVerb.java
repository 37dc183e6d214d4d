package io.penstock.cli;

import io.penstock.config.SecretSource;
import io.penstock.runner.plan.Plan;
import io.penstock.runner.run.RunOptions;
import io.penstock.runner.summary.RunSummary;
import io.penstock.testkit.model.ModelApi;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code demo}: the tour. */
final class DemoVerb implements Verb {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create()
                .name("demo")
                .addOption(Words.number("--records", "N", "Rows of each stream; default 10000."))
                .addOption(Words.text("--sink", "SINK", "duckdb (default) or jsonl."))
                .addOption(Words.text("--out", "DIR", "Where to; default penstock-demo."))
                .addOption(Words.hostile())
                .addOption(Words.flag("--fresh", "Forget earlier demos in DIR and start over."))
                .addOption(Words.flag("--json", "Print the summary as one line of JSON on stdout."));
        spec.usageMessage()
                .description(
                        "Starts the model API on this machine and reads all of its streams at once into DIR/demo.duckdb.",
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
    public int run(Words words, Console console) throws IOException {
        DemoFolder folder = DemoFolder.open(
                console.directory().resolve(words.text("--out").orElse("penstock-demo")),
                words.number("--records"),
                words.text("--sink"),
                words.has("--fresh"));
        ModelApi.Builder builder =
                ModelApi.builder().port(0).records(folder.records()).revision(folder.revision());
        words.hostileSeed().ifPresent(builder::hostile);
        try (ModelApi api = builder.build().start();
                Session session = Session.open()) {
            console.say("The model API serves revision " + folder.revision() + " of its data at " + api.baseUrl()
                    + words.hostileSeed()
                            .map(seed -> ", and misbehaves (seed " + seed + ")")
                            .orElse("") + ".");
            Plan plan = Plan.load(
                    folder.plan(api.baseUrl()),
                    Optional.empty(),
                    session.catalogue(),
                    SecretSource.of(console.environment()));
            RunSummary summary = Running.watch(session, plan, RunOptions.defaults(), console, words.has(Words.JSON));
            return finish(folder, api, summary, console);
        }
    }

    private static int finish(DemoFolder folder, ModelApi api, RunSummary summary, Console console) throws IOException {
        if (summary.exitCode() != 0) {
            return summary.exitCode();
        }
        folder.done();
        DemoProof.print(api, summary, console);
        console.say("The plan it ran:  " + folder.planFile());
        console.say("Run it again to see only the changes being read.");
        return 0;
    }
}
