package io.penstock.cli;

import io.penstock.cli.demo.DemoFolder;
import io.penstock.cli.view.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code warm-up}: what the launcher runs once after a build, so that the JVM can store the classes of a typical run in an
 * archive and later starts are quick. A small demo into a folder that is deleted afterwards.
 */
final class WarmUpVerb implements Verb {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("warm-up");
        spec.usageMessage()
                .hidden(true)
                .description("Loads what a run needs; the launcher stores it for quick starts.");
        return spec;
    }

    @Override
    public int run(Words words, Console console) throws IOException {
        Path folder = Files.createTempDirectory("penstock-warm-up");
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        Console silent = new Console(nowhere, nowhere, false, folder, Map.of());
        Main.run(silent, "--help");
        for (String sink : new String[] {"jsonl", "duckdb"}) {
            Main.run(silent, "demo", "--records", "300", "--sink", sink, "--out", sink, "--json");
            Main.run(silent, "preview", sink + "/plan.yaml", "customers");
            Main.run(silent, "demo", "--records", "300", "--sink", sink, "--out", sink, "--fresh");
        }
        DemoFolder.delete(folder);
        return 0;
    }
}
