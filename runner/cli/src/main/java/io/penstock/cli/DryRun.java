package io.penstock.cli;

import io.penstock.cli.view.Console;
import io.penstock.cli.view.FailureText;
import io.penstock.cli.view.Table;
import io.penstock.runner.plan.Origin;
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

    private static final int WIDEST = 60;

    private DryRun() {}

    static int print(Session session, Plan plan, RunOptions options, Console console, boolean json) {
        if (!json) {
            origins(plan, console); // before anything is asked of the API, which may be what does not work
        }
        List<Intended> streams = Objects.requireNonNull(
                new Runner(session.host()).dryRun(plan, options).collectList().block());
        if (json) {
            console.out()
                    .println(FailureText.json(Map.of(
                            "streams",
                            streams.stream().map(DryRun::map).toList(),
                            "settings",
                            plan.origins().stream().map(DryRun::map).toList())));
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

    private static void origins(Plan plan, Console console) {
        Table table = new Table(List.of("setting", "value", "from"));
        plan.origins().forEach(origin -> table.add(List.of(origin.path(), shown(origin.value()), origin.from())));
        table.lines().forEach(console::say);
        console.say("");
    }

    private static String shown(String value) {
        String line = value.replaceAll("\\s+", " ");
        return line.length() <= WIDEST ? line : line.substring(0, WIDEST - 3) + "...";
    }

    private static Map<String, Object> map(Origin origin) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("setting", origin.path());
        map.put("value", origin.value());
        map.put("from", origin.from());
        return map;
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
