package io.penstock.cli;

import io.penstock.cache.CacheProvider;
import io.penstock.cli.view.Console;
import io.penstock.cli.view.FailureText;
import io.penstock.cli.view.Table;
import io.penstock.config.Setting;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.runner.catalogue.Catalogue;
import io.penstock.sink.SinkProvider;
import io.penstock.source.SourceProvider;
import io.penstock.store.VaultProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code connectors [NAME]}. */
final class ConnectorsVerb implements Verb {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create()
                .name("connectors")
                .addPositional(
                        Words.position(0, "NAME", false, "Show the settings of this one: type, default, meaning."))
                .addOption(Words.flag("--json", "Print as JSON on stdout."));
        spec.usageMessage()
                .description("Lists what is installed, or the settings of one connector.")
                .footer("", "Examples:", "  penstock connectors", "  penstock connectors rest");
        return spec;
    }

    /** A source, sink, cache or place for credentials, as it is shown. */
    private record Shown(String kind, String name, String summary, List<Setting<?>> settings) {

        static Shown of(SourceProvider source) {
            return new Shown("source", source.name(), source.summary(), source.settings());
        }

        static Shown of(SinkProvider sink) {
            return new Shown("sink", sink.name(), sink.summary(), sink.settings());
        }

        static Shown of(CacheProvider cache) {
            return new Shown("cache", cache.name(), cache.summary(), cache.settings());
        }

        static Shown of(VaultProvider place) {
            return new Shown("credentials", place.name(), place.summary(), place.settings());
        }

        Map<String, Object> toMap() {
            Map<String, Object> schemas = new LinkedHashMap<>();
            settings.forEach(setting -> schemas.put(setting.name(), setting.schema()));
            return Map.of("kind", kind, "name", name, "summary", summary, "settings", schemas);
        }
    }

    @Override
    public int run(Words words, Console console) {
        Catalogue catalogue = Catalogue.load(ConnectorsVerb.class.getClassLoader());
        List<Shown> all = new ArrayList<>();
        catalogue.sources().all().forEach(source -> all.add(Shown.of(source)));
        catalogue.sinks().all().forEach(sink -> all.add(Shown.of(sink)));
        catalogue.caches().all().forEach(cache -> all.add(Shown.of(cache)));
        catalogue.vaults().all().forEach(place -> all.add(Shown.of(place)));
        Optional<String> wanted = words.position(0);
        List<Shown> shown = all.stream()
                .filter(one -> wanted.map(one.name()::equals).orElse(true))
                .toList();
        if (shown.isEmpty()) {
            throw new ConfigError("no connector is called " + wanted.orElse("") + ": installed are "
                    + String.join(", ", all.stream().map(Shown::name).toList()));
        }
        if (words.has(Words.JSON)) {
            console.out()
                    .println(FailureText.json(shown.stream().map(Shown::toMap).toList()));
        } else if (wanted.isPresent()) {
            shown.forEach(one -> settings(one, console));
        } else {
            Table table = new Table(List.of("name", "kind", "what it is"));
            shown.forEach(one -> table.add(List.of(one.name(), one.kind(), one.summary())));
            rows(table, console);
        }
        return 0;
    }

    private static void rows(Table table, Console console) {
        table.lines().forEach(console.out()::println);
    }

    private static void settings(Shown one, Console console) {
        console.out().println(one.name() + " (" + one.kind() + "): " + one.summary());
        for (Setting<?> setting : one.settings()) {
            console.out().println();
            console.out()
                    .println("  " + setting.name() + (setting.required() ? " (required)" : "")
                            + setting.fallback()
                                    .map(value -> " (default " + value + ")")
                                    .orElse(""));
            console.out().println("      " + setting.description());
            console.out().println("      " + setting.type().words());
        }
    }
}
