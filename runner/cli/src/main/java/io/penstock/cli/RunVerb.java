package io.penstock.cli;

import io.penstock.cli.run.Running;
import io.penstock.cli.view.Console;
import io.penstock.cli.view.SummaryText;
import io.penstock.cli.view.UsageProblem;
import io.penstock.config.Durations;
import io.penstock.runner.plan.Plan;
import io.penstock.runner.rounds.Rhythm;
import io.penstock.runner.run.RunOptions;
import io.penstock.runner.run.Stretch;
import io.penstock.runner.summary.RunSummary;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/** {@code run PLAN.yaml}. */
final class RunVerb implements Verb {

    private static final String FROM = "--from";
    private static final String TO = "--to";
    private static final String EVERY = "--every";
    private static final String JITTER = "--jitter";
    private static final String CAUGHT_UP = "--until-caught-up";
    private static final double DEFAULT_JITTER = 0.1;
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3})%");

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Words.ofPlan("run")
                .addOption(
                        Words.texts("--connection", "NAME", "Only these connections; with commas, or several times."))
                .addOption(Words.texts("--stream", "NAME", "Only these streams; with commas, or several times."))
                .addOption(Words.flag("--full-refresh", "Read everything again instead of what changed."))
                .addOption(Words.text(FROM, "DAY", "Read this stretch of time once more, up to --to; needs --stream."))
                .addOption(Words.text(TO, "DAY", "Where the stretch ends; the day itself is not read."))
                .addOption(Words.text(EVERY, "TIME", "Run again and again: a round begins every 15m, 6h, 1d."))
                .addOption(Words.text(
                        JITTER, "PART", "Make each pause longer or shorter at random, by up to this; default 10%."))
                .addOption(Words.flag(CAUGHT_UP, "Run again until a round finds nothing new."))
                .addOption(Words.flag("--dry-run", "Say what would run, and how; move nothing."))
                .addOption(Words.flag("--json", "Print the summary as one line of JSON on stdout."));
        spec.usageMessage()
                .description("Runs the connections of a plan: reads what is new and makes it durable, exactly once.")
                .footer(
                        "",
                        "Stop with Ctrl-C: pages under way are committed, the next run goes on from",
                        "there. A second Ctrl-C stops at once, and loses nothing either.",
                        "With --every, rounds never overlap, a failed one is followed by the next, and the exit",
                        "code is that of the last; a plan that must be mended ends them at once.",
                        "With --from and --to, each window of that time has a cursor of its own: broken off, the",
                        "same command goes on, and the regular cursors stay where they are.",
                        "Exit code 0: all of it is durable. 75: run the same again later.",
                        "Examples:",
                        "  penstock run shop.yaml",
                        "  penstock run shop.yaml --stream orders,customers --json > summary.json",
                        "  penstock run shop.yaml --full-refresh --profile production",
                        "  penstock run shop.yaml --stream orders --from 2024-01-01 --to 2025-01-01",
                        "  penstock run shop.yaml --every 15m --jitter 10% --json >> rounds.jsonl");
        return spec;
    }

    @Override
    public int run(Words words, Console console) {
        Optional<Rhythm> rhythm = rhythm(words);
        RunOptions options = options(words);
        try (Session session = words.has("--dry-run") ? Session.impatient() : Session.patient()) {
            Plan plan = session.plan(words, console);
            if (words.has("--dry-run")) {
                return DryRun.print(session, plan, options, console, words.has(Words.JSON));
            }
            if (rhythm.isPresent()) {
                return Running.repeat(session.watched(plan), options, rhythm.get(), console, words.has(Words.JSON));
            }
            RunSummary summary = Running.watch(session.watched(plan), options, console, words.has(Words.JSON));
            SummaryText.look(summary, console);
            return summary.exitCode();
        }
    }

    private static RunOptions options(Words words) {
        RunOptions.Builder options = RunOptions.builder()
                .connections(new LinkedHashSet<>(words.all("--connection")))
                .streams(new LinkedHashSet<>(words.all("--stream")))
                .fullRefresh(words.has("--full-refresh"));
        if (words.has(FROM) || words.has(TO)) {
            requireStretch(words);
            options.stretch(
                    new Stretch(words.text(FROM).orElseThrow(), words.text(TO).orElseThrow()));
        }
        return options.build();
    }

    private static void requireStretch(Words words) {
        if (!words.has(FROM) || !words.has(TO) || !words.has("--stream")) {
            throw new UsageProblem("a stretch of time needs " + FROM + " DAY, " + TO + " DAY and --stream NAME");
        }
        if (words.has("--full-refresh") || words.has(EVERY) || words.has(CAUGHT_UP)) {
            throw new UsageProblem(FROM + " and " + TO + " go with neither --full-refresh nor rounds");
        }
    }

    /** When the plan is run again; empty for once. */
    private static Optional<Rhythm> rhythm(Words words) {
        if (!words.has(EVERY) && !words.has(CAUGHT_UP)) {
            if (words.has(JITTER)) {
                throw new UsageProblem(JITTER + " needs " + EVERY + " TIME");
            }
            return Optional.empty();
        }
        if (words.has("--full-refresh") || words.has("--dry-run")) {
            throw new UsageProblem(EVERY + " and " + CAUGHT_UP + " go with neither --full-refresh nor --dry-run");
        }
        double jitter = words.text(JITTER).map(RunVerb::part).orElse(DEFAULT_JITTER);
        return Optional.of(new Rhythm(words.text(EVERY).map(RunVerb::time), jitter, words.has(CAUGHT_UP)));
    }

    private static Duration time(String text) {
        try {
            Duration time = Durations.parse(text);
            if (time.compareTo(Rhythm.SHORTEST) >= 0) {
                return time;
            }
        } catch (IllegalArgumentException unfit) {
            throw new UsageProblem(EVERY + ": " + unfit.getMessage());
        }
        throw new UsageProblem(EVERY + " must be at least 1s, but was " + text);
    }

    private static double part(String text) {
        Matcher percent = PERCENT.matcher(text);
        if (!percent.matches() || Integer.parseInt(percent.group(1)) > 100) {
            throw new UsageProblem(JITTER + " must be 0% to 100%, but was " + text);
        }
        return Integer.parseInt(percent.group(1)) / 100.0;
    }
}
