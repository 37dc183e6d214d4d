package io.penstock.cli;

import io.penstock.cli.range.PlanContestant;
import io.penstock.cli.range.ScoreTable;
import io.penstock.cli.view.Console;
import io.penstock.cli.view.UsageProblem;
import io.penstock.runner.plan.Plan;
import io.penstock.runner.plan.PlannedConnection;
import io.penstock.testkit.model.hostile.Hostile;
import io.penstock.testkit.model.hostile.Misbehaviour;
import io.penstock.testkit.range.Range;
import io.penstock.testkit.range.Score;
import io.penstock.testkit.range.Verdict;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code range PLAN.yaml}. */
final class RangeVerb implements Verb {

    private static final int FAILED = 70;
    private static final long MOST_RECORDS = 100_000;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Words.ofPlan("range")
                .addOption(Words.texts("--only", "NAME", "Only these misbehaviours; default all."))
                .addOption(Words.number("--records", "N", "Rows of each stream; default 2400."))
                .addOption(Words.number("--seed", "S", "Which data, and which pages suffer; default 42."));
        spec.usageMessage()
                .description(
                        "Runs a plan of the model API against everything an API may do wrong, and prints a score table.",
                        "The source is led to a misbehaving model API on this machine, the rows go to temporary files:",
                        "the plan's own API and sink stay untouched.")
                .footer(
                        "",
                        "Exit code 0 if every misbehaviour ends as it must, 70 if not.",
                        "Examples:",
                        "  penstock range shop.yaml",
                        "  penstock range shop.yaml --only gzip-bomb,cursor-loop",
                        "  penstock demo-api --hostile list     shows them all");
        return spec;
    }

    @Override
    public int run(Words words, Console console) {
        List<Misbehaviour> chosen = chosen(words);
        try (Session session = Session.impatient()) {
            Plan plan = session.plan(words, console);
            Range range = new Range(
                    words.count("--records", 2400, 1, MOST_RECORDS),
                    words.number("--seed").orElse(42L));
            boolean failed = false;
            for (PlannedConnection connection : plan.connections()) {
                List<Score> scores = scores(range, chosen, session.contestant(plan, connection), console);
                ScoreTable.print(connection.id().name(), scores, console);
                failed |= scores.stream().anyMatch(score -> score.verdict() == Verdict.FAILED);
            }
            return failed ? FAILED : 0;
        }
    }

    private static List<Misbehaviour> chosen(Words words) {
        try {
            List<String> names = words.all("--only");
            return names.isEmpty()
                    ? Hostile.catalogue()
                    : names.stream().map(Hostile::named).toList();
        } catch (IllegalArgumentException unknown) {
            throw new UsageProblem(String.valueOf(unknown.getMessage()));
        }
    }

    private static List<Score> scores(
            Range range, List<Misbehaviour> chosen, PlanContestant contestant, Console console) {
        List<Score> scores = new ArrayList<>();
        for (Misbehaviour misbehaviour : chosen) {
            Score score = range.score(misbehaviour, contestant);
            scores.add(score);
            console.say("[" + scores.size() + "/" + chosen.size() + "] " + ScoreTable.line(score));
        }
        return scores;
    }
}
