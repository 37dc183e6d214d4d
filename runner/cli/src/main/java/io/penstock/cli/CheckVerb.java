package io.penstock.cli;

import io.penstock.cli.view.Console;
import io.penstock.cli.view.CredentialText;
import io.penstock.cli.view.FailureText;
import io.penstock.runner.inspect.Check;
import io.penstock.runner.inspect.Inspector;
import io.penstock.runner.plan.Plan;
import io.penstock.runner.summary.ExitCode;
import io.penstock.runner.summary.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;

/** {@code check PLAN.yaml}. */
final class CheckVerb implements Verb {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Words.ofPlan("check").addOption(Words.flag("--json", "Print the result as JSON on stdout."));
        spec.usageMessage()
                .description(
                        "Proves configuration, credentials and destinations of a plan without moving data.",
                        "Exits with 0 if all is good: suitable as the health check of a container.")
                .footer("", "Example:", "  penstock check shop.yaml && penstock run shop.yaml");
        return spec;
    }

    @Override
    public int run(Words words, Console console) {
        try (Session session = Session.impatient()) {
            Plan plan = session.plan(words, console);
            List<Check> checks = Objects.requireNonNull(
                    new Inspector(session.host()).check(plan).collectList().block());
            if (words.has(Words.JSON)) {
                console.out()
                        .println(FailureText.json(
                                checks.stream().map(CheckVerb::map).toList()));
            } else {
                checks.forEach(check -> {
                    console.say(line(check));
                    check.credentials().forEach(use -> console.say("  " + CredentialText.line(use)));
                });
            }
            return ExitCode.worst(checks.stream()
                    .flatMap(check -> check.failure().stream())
                    .map(Failure::exitCode)
                    .toList());
        }
    }

    private static String line(Check check) {
        String what = check.connection() + " " + end(check) + " (" + check.connector() + "): ";
        return what + check.failure().map(FailureText::what).orElse("good");
    }

    private static String end(Check check) {
        return check.end().name().toLowerCase(java.util.Locale.ROOT);
    }

    private static Map<String, Object> map(Check check) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("connection", check.connection().name());
        map.put("end", end(check));
        map.put("connector", check.connector());
        map.put("good", check.good());
        if (!check.credentials().isEmpty()) {
            map.put(
                    "credentials",
                    check.credentials().stream().map(CredentialText::map).toList());
        }
        check.failure().ifPresent(failure -> map.put("error", failure.toMap()));
        return map;
    }
}
