package io.penstock.cli.range;

import io.penstock.cli.view.Console;
import io.penstock.cli.view.Table;
import io.penstock.testkit.model.hostile.Hostile;
import io.penstock.testkit.model.hostile.Misbehaviour;
import io.penstock.testkit.range.Score;
import io.penstock.testkit.range.Verdict;
import java.util.List;
import java.util.Locale;

/** Shows the catalogue, and what became of a plan in it. */
public final class ScoreTable {

    private static final int WIDEST = 100;

    private ScoreTable() {}

    /** Prints every misbehaviour on stdout. */
    public static void catalogue(Console console) {
        Table table = new Table(List.of("Name", "Version", "Fault", "Must end with", "What the API does"));
        for (Misbehaviour misbehaviour : Hostile.catalogue()) {
            table.add(List.of(
                    misbehaviour.name(),
                    "v" + misbehaviour.version(),
                    misbehaviour.fault(),
                    misbehaviour.outcome().words(),
                    misbehaviour.description()));
        }
        table.lines().forEach(console.out()::println);
    }

    /** One line about one score, for people who watch. */
    public static String line(Score score) {
        return score.misbehaviour().name() + ": " + word(score)
                + (score.verdict() == Verdict.FAILED ? " (" + shortened(score.remark()) + ")" : "");
    }

    /** Prints all scores of a connection on stdout. */
    public static void print(String connection, List<Score> scores, Console console) {
        Table table = new Table(List.of("Misbehaviour", "Must end with", "Exit code", "Strikes", "Score"));
        for (Score score : scores) {
            table.add(List.of(
                    score.misbehaviour().name() + " v" + score.misbehaviour().version(),
                    score.misbehaviour().outcome().words(),
                    Integer.toString(score.exitCode()),
                    Long.toString(score.strikes()),
                    word(score)));
        }
        table.lines().forEach(console.out()::println);
        long passed = count(scores, Verdict.PASSED);
        long met = scores.size() - count(scores, Verdict.UNTOUCHED);
        console.out()
                .println(connection + ": " + passed + " of " + met + " passed, " + (met == 0 ? 0 : passed * 100 / met)
                        + " %; " + count(scores, Verdict.UNTOUCHED) + " do not concern what it reads");
    }

    private static long count(List<Score> scores, Verdict verdict) {
        return scores.stream().filter(score -> score.verdict() == verdict).count();
    }

    private static String word(Score score) {
        return score.verdict().name().toLowerCase(Locale.ROOT);
    }

    private static String shortened(String remark) {
        return remark.length() <= WIDEST ? remark : remark.substring(0, WIDEST) + "...";
    }
}
