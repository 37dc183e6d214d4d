package io.penstock.cli.view;

import io.penstock.observe.WaitReason;
import io.penstock.runner.summary.ConnectionSummary;
import io.penstock.runner.summary.RunSummary;
import io.penstock.runner.summary.Sifted;
import io.penstock.runner.summary.StreamReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** A run's summary for people: what landed, what it took, where the time went, what to do next. */
public final class SummaryText {

    private static final List<String> HEADINGS =
            List.of("stream", "mode", "read", "rows now", "size", "requests", "retries", "time", "state");

    private SummaryText() {}

    public static void print(RunSummary summary, Console console) {
        for (ConnectionSummary connection : summary.connections()) {
            if (connection.streams().isEmpty()) {
                continue; // it failed before its streams were known: the failure says why
            }
            console.say("");
            Table table = new Table(HEADINGS);
            connection
                    .streams()
                    .forEach(stream -> table.add(row(
                            stream,
                            Optional.ofNullable(
                                    connection.rows().get(stream.stream().name())))));
            table.lines().forEach(console::say);
        }
        if (!summary.streams().isEmpty()) {
            console.say("");
            console.say(total(summary));
            waits(summary).ifPresent(console::say);
            budgets(summary).forEach(console::say);
            caches(summary).forEach(console::say);
            repairs(summary).ifPresent(console::say);
            drift(summary).ifPresent(console::say);
            parents(summary).forEach(console::say);
            sifted(summary).ifPresent(console::say);
        }
        outcome(summary, console);
    }

    private static List<String> row(StreamReport stream, Optional<Long> rows) {
        return List.of(
                stream.stream().toString(),
                stream.mode().name().toLowerCase(java.util.Locale.ROOT),
                Quantities.count(stream.counts().records()),
                rows.map(Quantities::count).orElse("-"),
                Quantities.bytes(stream.counts().bytes()),
                Quantities.count(stream.counts().requests()),
                Quantities.count(stream.counts().retries()),
                Quantities.time(stream.times().wall()),
                stream.state().name().toLowerCase(java.util.Locale.ROOT));
    }

    /** What a run has read, in one line. */
    public static String total(RunSummary summary) {
        long records =
                summary.streams().stream().mapToLong(s -> s.counts().records()).sum();
        return Quantities.count(records) + " records in " + Quantities.time(summary.wall()) + " ("
                + Quantities.rate(records, summary.wall()) + "), " + Quantities.count(summary.requests())
                + " requests, "
                + Quantities.count(summary.retries()) + " retries";
    }

    /** Those that have a limit: the others have nothing to tell but the number of requests. */
    private static List<String> budgets(RunSummary summary) {
        BudgetText text = BudgetText.here();
        return summary.budgets().stream()
                .filter(state -> !state.limits().isEmpty() && state.granted() > 0)
                .map(state -> "Budget " + text.summary(state))
                .toList();
    }

    private static List<String> caches(RunSummary summary) {
        return summary.connections().stream()
                .flatMap(connection -> connection.cache().stream()
                        .map(counts -> "Cache of " + connection.connection() + ": " + Quantities.count(counts.hits())
                                + " hits, " + Quantities.count(counts.confirmed()) + " confirmed, "
                                + Quantities.count(counts.shared()) + " shared, " + Quantities.count(counts.misses())
                                + " misses"))
                .toList();
    }

    private static Optional<String> repairs(RunSummary summary) {
        long repairs =
                summary.streams().stream().mapToLong(s -> s.counts().repairs()).sum();
        return repairs == 0
                ? Optional.empty()
                : Optional.of("text repair: " + Quantities.count(repairs) + " halves of surrogate pairs became U+FFFD;"
                        + " format: { text_repair: reject } refuses such records");
    }

    private static Optional<String> sifted(RunSummary summary) {
        List<String> parts = new ArrayList<>();
        part(summary, Sifted::filtered, " filtered", parts);
        part(summary, Sifted::skipped, " skipped because they did not fit", parts);
        part(summary, Sifted::deadLetters, " kept as dead letters (penstock deadletters show)", parts);
        part(summary, Sifted::warned, " against the schema", parts);
        return parts.isEmpty() ? Optional.empty() : Optional.of("Records: " + String.join(", ", parts));
    }

    private static void part(RunSummary summary, ToLongFunction<Sifted> count, String words, List<String> parts) {
        long sum = summary.streams().stream()
                .mapToLong(stream -> count.applyAsLong(stream.counts().sifted()))
                .sum();
        if (sum > 0) {
            parts.add(Quantities.count(sum) + words);
        }
    }

    private static Optional<String> drift(RunSummary summary) {
        String streams = summary.streams().stream()
                .filter(stream -> stream.counts().drifts() > 0)
                .map(stream -> stream.stream().toString())
                .collect(Collectors.joining(", "));
        return streams.isEmpty()
                ? Optional.empty()
                : Optional.of("page drift: " + streams + " changed between pages while being read; records deleted in"
                        + " front of the reader may have hidden others until the next run");
    }

    private static List<String> parents(RunSummary summary) {
        return summary.streams().stream()
                .filter(stream -> stream.counts().skippedParents() > 0)
                .map(stream -> "skipped parents: " + stream.stream() + " was not read for "
                        + Quantities.count(stream.counts().skippedParents())
                        + " records of its parent, which have no value where the plan takes it from; see the log")
                .toList();
    }

    /** The share of each reason in the time of all lanes together. */
    private static Optional<String> waits(RunSummary summary) {
        Map<WaitReason, Duration> sums = new EnumMap<>(WaitReason.class);
        summary.streams()
                .forEach(s -> s.times().waits().forEach((reason, time) -> sums.merge(reason, time, Duration::plus)));
        long all = sums.values().stream().mapToLong(Duration::toMillis).sum();
        if (all == 0) {
            return Optional.empty();
        }
        List<String> shares = new ArrayList<>();
        sums.entrySet().stream()
                .sorted(Map.Entry.<WaitReason, Duration>comparingByValue().reversed())
                .filter(entry -> entry.getValue().toMillis() * 200 >= all)
                .forEach(entry -> shares.add(entry.getKey().label() + " "
                        + Math.round(100.0 * entry.getValue().toMillis() / all) + " %"));
        return Optional.of("Time went to: " + String.join(", ", shares));
    }

    private static void outcome(RunSummary summary, Console console) {
        if (!summary.failures().isEmpty()) {
            console.say("");
            summary.failures().forEach(failure -> console.say(FailureText.line(failure)));
        }
        if (summary.exitCode() != 0 && !summary.streams().isEmpty()) {
            console.say("What was committed stands; the next run goes on from there. Exit code " + summary.exitCode()
                    + ".");
        }
    }

    /** What to type to look at what landed. */
    public static void look(RunSummary summary, Console console) {
        summary.connections().stream()
                .filter(connection -> !connection.streams().isEmpty())
                .map(ConnectionSummary::look)
                .filter(look -> !look.isEmpty())
                .forEach(look -> console.say("Look at it:  " + Look.at(look, console)));
    }
}
