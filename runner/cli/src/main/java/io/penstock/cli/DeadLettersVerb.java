package io.penstock.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.penstock.cli.view.Console;
import io.penstock.cli.view.UsageProblem;
import io.penstock.runner.inspect.Graveyard;
import io.penstock.runner.plan.Plan;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;

/** {@code deadletters show PLAN.yaml}. */
final class DeadLettersVerb implements Verb {

    private static final long LETTERS = 20;
    private static final long MOST = 100_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create()
                .name("deadletters")
                .addPositional(Words.position(0, "show", true, "What to do: show them."))
                .addPositional(Words.position(1, "PLAN.yaml", true, "The plan whose destinations keep them."))
                .addOption(Words.text(
                        "--profile",
                        "NAME",
                        "Lay this profile of the plan over it (or PENSTOCK_PROFILE, also in .env)."))
                .addOption(Words.text("--connection", "NAME", "Only of this connection."))
                .addOption(Words.text("--stream", "NAME", "Only of this stream."))
                .addOption(Words.number("--records", "N", "How many of each connection at most; default 20."))
                .addOption(Words.flag("--json", "Print each letter as one line of JSON on stdout."));
        spec.usageMessage()
                .description(
                        "Shows records that did not fit, with the reason, as on_record_error: dead_letter keeps them.")
                .footer(
                        "",
                        "Examples:",
                        "  penstock deadletters show shop.yaml",
                        "  penstock deadletters show shop.yaml --stream orders --json > orders.ndjson");
        return spec;
    }

    @Override
    public int run(Words words, Console console) throws JsonProcessingException {
        String action = words.position(0).orElseThrow();
        if (!action.equals("show")) {
            throw new UsageProblem("deadletters " + action + " is not known: penstock deadletters show PLAN.yaml");
        }
        int most = (int) words.count("--records", LETTERS, 1, MOST);
        try (Session session = Session.impatient()) {
            Plan plan = session.plan(words, 1, console);
            List<String> letters = Objects.requireNonNull(new Graveyard(session.host())
                    .letters(plan, words.text("--connection"), words.text("--stream"), most)
                    .collectList()
                    .block());
            for (String letter : letters) {
                if (words.has(Words.JSON)) {
                    console.out().println(letter);
                } else {
                    print(JSON.readTree(letter), console);
                }
            }
            if (letters.isEmpty()) {
                console.say("No dead letters.");
            }
            return 0;
        }
    }

    private static void print(JsonNode letter, Console console) {
        console.out()
                .println(text(letter, "time") + "  " + text(letter, "connection") + "/" + text(letter, "stream") + "/"
                        + text(letter, "slice") + "  page " + text(letter, "page") + "  " + text(letter, "code"));
        console.out()
                .println("  " + (text(letter, "pointer").isEmpty() ? "" : text(letter, "pointer") + ": ")
                        + text(letter, "reason"));
        console.out().println("  " + text(letter, "record"));
    }

    private static String text(JsonNode letter, String field) {
        return letter.path(field).asText();
    }
}
