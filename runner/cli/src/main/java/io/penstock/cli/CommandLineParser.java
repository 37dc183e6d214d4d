package io.penstock.cli;

import io.penstock.cli.view.Console;
import io.penstock.cli.view.Debug;
import io.penstock.cli.view.FailureText;
import io.penstock.cli.view.UsageProblem;
import io.penstock.cli.view.Version;
import io.penstock.cli.view.WrongWords;
import io.penstock.error.PenstockException;
import io.penstock.runner.summary.Failure;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns words into a verb and a failure into a line. */
final class CommandLineParser {

    private static final int BUG = 70;

    private final Console console;
    private final Map<String, Verb> verbs;
    private final CommandLine line;

    CommandLineParser(Console console, List<Verb> verbs) {
        this.console = console;
        this.verbs = verbs.stream().collect(Collectors.toMap(verb -> verb.spec().name(), Function.identity()));
        this.line = new CommandLine(root(verbs));
    }

    private static CommandSpec root(List<Verb> verbs) {
        CommandSpec root = CommandSpec.create().name("penstock").versionProvider(new Version());
        root.usageMessage()
                .description(
                        "Pulls data out of any HTTP API and lands it in a file or a database; never loses or doubles a row.")
                .footer(
                        "",
                        "Start here:  penstock demo",
                        "Your API:    write a plan (see README.md), then",
                        "             penstock preview PLAN.yaml STREAM",
                        "",
                        "People read stderr, programs read stdout. Exit codes:",
                        "   0 done                       75 run again later",
                        "  64 wrong command line         76 the API's answer is of no use",
                        "  65 a record does not fit      77 rights: credentials, TLS, destination",
                        "  73 state                      78 mend the plan",
                        "  74 destination               130 interrupted, 143 terminated");
        root.addOption(Words.flag("--debug", "Show stack traces."));
        withHelp(root);
        root.addOption(CommandLine.Model.OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .type(boolean.class)
                .description("Print the version and exit.")
                .build());
        for (Verb verb : verbs) {
            CommandSpec spec = withHelp(verb.spec());
            spec.addOption(Words.flag(Words.DEBUG, "Show stack traces."));
            root.addSubcommand(spec.name(), spec);
        }
        return root;
    }

    private static CommandSpec withHelp(CommandSpec spec) {
        return spec.addOption(CommandLine.Model.OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .type(boolean.class)
                .description("Print this and exit.")
                .build());
    }

    int run(String... arguments) {
        ParseResult parsed;
        try {
            parsed = line.parseArgs(arguments);
        } catch (ParameterException wrong) {
            return WrongWords.say(WrongWords.problem(wrong), wrong.getCommandLine(), json(arguments), now(), console);
        }
        if (helped(parsed)) {
            return 0;
        }
        if (!parsed.hasSubcommand()) {
            line.usage(console.err());
            return WrongWords.EXIT;
        }
        boolean debug = parsed.hasMatchedOption(Words.DEBUG);
        return run(new Words(parsed.subcommand()), debug);
    }

    /** Prints help or the version where that was asked for. */
    private boolean helped(ParseResult parsed) {
        ParseResult asked = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
        if (asked.isUsageHelpRequested()) {
            asked.commandSpec().commandLine().usage(console.out());
        } else if (parsed.isVersionHelpRequested()) {
            line.printVersionHelp(console.out());
        }
        return asked.isUsageHelpRequested() || parsed.isVersionHelpRequested();
    }

    /** Whether a program asks; the words may be too wrong to be parsed, so they are looked at as they are. */
    private static boolean json(String... arguments) {
        return List.of(arguments).contains(Words.JSON);
    }

    private int run(Words words, boolean debug) {
        if (debug || words.has(Words.DEBUG)) {
            Debug.on();
        }
        Verb verb =
                Objects.requireNonNull(verbs.get(words.parsed().commandSpec().name()));
        try {
            return verb.run(words, console);
        } catch (UsageProblem wrong) {
            return WrongWords.say(
                    String.valueOf(wrong.getMessage()),
                    words.parsed().commandSpec().commandLine(),
                    words.json(),
                    now(),
                    console);
        } catch (PenstockException failure) {
            return failed(failure, words);
        } catch (Exception bug) {
            return failed(bug, words);
        }
    }

    /** The date in reports of failures. */
    private static Instant now() {
        return Clock.systemUTC().instant();
    }

    private int failed(Exception thrown, Words words) {
        Failure failure = Failure.of(thrown, console.redaction(), now());
        FailureText.print(failure, words.json(), console);
        return thrown instanceof PenstockException known ? known.exitCode() : BUG;
    }
}
