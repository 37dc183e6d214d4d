package io.penstock.cli;

import io.penstock.cli.fields.FieldsText;
import io.penstock.cli.view.Console;
import io.penstock.cli.view.FailureText;
import io.penstock.cli.view.Table;
import io.penstock.record.StreamInfo;
import io.penstock.runner.inspect.Inspector;
import io.penstock.runner.plan.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;

/** {@code streams PLAN.yaml}. */
final class StreamsVerb implements Verb {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Words.ofPlan("streams")
                .addOption(Words.flag("--json", "Print all that is known, schemas included, as JSON on stdout."));
        spec.usageMessage()
                .description(
                        "Lists what the sources of a plan can read, with keys and fields; ? marks a field that may be null or"
                                + " missing.")
                .footer(
                        "",
                        "Examples:",
                        "  penstock streams shop.yaml",
                        "  penstock streams shop.yaml --json > schemas.json");
        return spec;
    }

    @Override
    public int run(Words words, Console console) {
        try (Session session = Session.impatient()) {
            Plan plan = session.plan(words, console);
            List<StreamInfo> streams = Objects.requireNonNull(
                    new Inspector(session.host()).streams(plan).collectList().block());
            if (words.has(Words.JSON)) {
                console.out()
                        .println(FailureText.json(
                                streams.stream().map(StreamsVerb::map).toList()));
                return 0;
            }
            print(streams, console);
            return 0;
        }
    }

    private static void print(List<StreamInfo> streams, Console console) {
        Table table = new Table(List.of("stream", "key", "reads changes by"));
        streams.forEach(stream -> table.add(List.of(stream.id().toString(), key(stream), changes(stream))));
        List<String> lines = table.lines();
        console.out().println(lines.get(0));
        for (int i = 0; i < streams.size(); i++) {
            console.out().println(lines.get(i + 1));
            FieldsText.lines(streams.get(i)).forEach(console.out()::println);
        }
    }

    static String key(StreamInfo stream) {
        return stream.primaryKey().isEmpty() ? "none" : String.join(", ", stream.primaryKey());
    }

    static String changes(StreamInfo stream) {
        return stream.cursorField().orElse("nothing: whole each time");
    }

    private static Map<String, Object> map(StreamInfo stream) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("connection", stream.id().connection().name());
        map.put("stream", stream.id().name());
        map.put("primary_key", stream.primaryKey());
        stream.cursorField().ifPresent(field -> map.put("cursor_field", field));
        stream.schema().ifPresent(schema -> map.put("schema", FailureText.parsed(schema)));
        return map;
    }
}
