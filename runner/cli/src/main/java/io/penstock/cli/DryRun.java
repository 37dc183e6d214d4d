package io.penstock.cli;

import io.penstock.cli.view.Console;
import io.penstock.cli.view.FailureText;
import io.penstock.cli.view.Table;
import io.penstock.runner.plan.Plan;
import io.penstock.runner.run.Intended;
import io.penstock.runner.run.RunOptions;
import io.penstock.runner.run.Runner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Says what a run would do. */
final class DryRun {

    private DryRun() {}

    static int print(Session session, Plan plan, RunOptions options, Console console, boolean json) {
        List<Intended> streams = Objects.requireNonNull(
                new Runner(session.host()).dryRun(plan, options).collectList().block());
        if (json) {
            console.out()
                    .println(FailureText.json(
                            Map.of("streams", streams.stream().map(DryRun::map).toList())));
            return 0;
        }
        Table table = new Table(List.of("stream", "mode", "key", "reads changes by"));
        streams.forEach(one -> table.add(List.of(
                one.stream().id().toString(),
                mode(one),
                StreamsVerb.key(one.stream()),
                StreamsVerb.changes(one.stream()))));
        table.lines().forEach(console::say);
        console.say("");
        console.say("Nothing was moved. Leave out --dry-run to run it.");
        return 0;
    }

    private static Map<String, Object> map(Intended one) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("connection", one.stream().id().connection().name());
        map.put("stream", one.stream().id().name());
        map.put("mode", mode(one));
        return map;
    }

    private static String mode(Intended one) {
        return one.mode().name().toLowerCase(Locale.ROOT);
    }
}
