package io.penstock.cli;

import io.penstock.cli.view.Console;
import io.penstock.cli.view.FailureText;
import io.penstock.observe.RequestLog;
import io.penstock.runner.inspect.Inspector;
import io.penstock.runner.inspect.Preview;
import io.penstock.runner.plan.Plan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;

/** {@code preview PLAN.yaml STREAM}. */
final class PreviewVerb implements Verb {

    private static final long RECORDS = 5;
    private static final long MOST = 10_000;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = PlanWords.spec("preview")
                .addPositional(Words.position(1, "STREAM", true, "The stream, or connection/stream."))
                .addOption(Words.number("--records", "N", "How many records; default 5."))
                .addOption(Words.flag("--json", "Print records and requests as one JSON document on stdout."));
        spec.usageMessage()
                .description(
                        "Shows the first records of a stream on stdout and the requests that fetched them on stderr.")
                .footer(
                        "",
                        "Touches neither destination nor state.",
                        "Example:",
                        "  penstock preview shop.yaml orders");
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
                console.out().println(FailureText.json(map(preview)));
                return 0;
            }
            preview.requests().forEach(request -> console.say(line(request)));
            preview.records().forEach(console.out()::println);
            console.say(preview.records().size() + " records shown of "
                    + preview.stream().id() + ".");
            return 0;
        }
    }

    private static String line(RequestLog.Entry request) {
        return request.method() + " " + request.address()
                + (request.query().isEmpty() ? "" : "?" + String.join("&", request.query()))
                + (request.status() == 0 ? "  no answer" : "  " + request.status());
    }

    private static Map<String, Object> map(Preview preview) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("stream", preview.stream().id().toString());
        map.put("requests", preview.requests().stream().map(PreviewVerb::line).toList());
        map.put("records", preview.records().stream().map(FailureText::parsed).toList());
        return map;
    }
}
