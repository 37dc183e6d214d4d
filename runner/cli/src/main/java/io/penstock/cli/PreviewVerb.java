package io.penstock.cli;

import io.penstock.cli.view.Console;
import io.penstock.cli.view.FailureText;
import io.penstock.cli.view.PreviewText;
import io.penstock.runner.inspect.Inspector;
import io.penstock.runner.inspect.Preview;
import io.penstock.runner.plan.Plan;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;

/** {@code preview PLAN.yaml STREAM}. */
final class PreviewVerb implements Verb {

    private static final long RECORDS = 5;
    private static final long MOST = 10_000;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Words.ofPlan("preview")
                .addPositional(Words.position(1, "STREAM", true, "The stream, or connection/stream."))
                .addOption(Words.number("--records", "N", "How many records; default 5."))
                .addOption(Words.flag("--json", "Print records and requests as one JSON document on stdout."));
        spec.usageMessage()
                .description(
                        "Shows the first records of a stream, and the requests that fetched them.",
                        "Records go to stdout; requests go to stderr, with records and paging as they were found in the"
                                + " answer where the plan does not say.")
                .footer(
                        "",
                        "Touches neither destination nor state.",
                        "Example:",
                        "  penstock preview shop.yaml orders",
                        "  penstock preview shop.yaml orders --records 100 > orders.ndjson");
        return spec;
    }

    @Override
    public int run(Words words, Console console) {
        int most = (int) words.count("--records", RECORDS, 1, MOST);
        try (Session session = Session.impatient()) {
            Plan plan = session.plan(words, console);
            Preview preview = Objects.requireNonNull(new Inspector(session.host())
                    .preview(plan, words.position(1).orElseThrow(), most)
                    .block());
            if (words.has(Words.JSON)) {
                console.out().println(FailureText.json(PreviewText.map(preview)));
                return 0;
            }
            PreviewText.before(preview, console);
            preview.records().forEach(console.out()::println);
            PreviewText.after(preview, console);
            return 0;
        }
    }
}
