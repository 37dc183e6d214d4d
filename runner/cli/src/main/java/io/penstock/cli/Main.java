package io.penstock.cli;

import io.penstock.cli.view.Console;
import io.penstock.cli.view.QueuedStream;
import io.penstock.cli.view.RedactingEncoder;
import io.penstock.cli.view.Version;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;

/** Where the process starts. */
public final class Main {

    /** How long the end of a command waits for a reader of stderr that takes nothing. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Main() {}

    /** Runs one command and exits with its code. What it tells on stderr, its log too, never holds it up. */
    public static void main(String[] arguments) {
        QueuedStream told = QueuedStream.before(new FileOutputStream(FileDescriptor.err));
        System.setErr(new PrintStream(new BufferedOutputStream(told), true, Charset.defaultCharset()));
        int code = run(Console.system(), arguments);
        System.out.flush();
        System.err.flush();
        told.drain(PATIENCE);
        System.exit(code);
    }

    /** Runs one command; returns what the process would exit with. */
    static int run(Console console, String... arguments) {
        if (arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"))) {
            Version.lines().forEach(console.out()::println); // at once, without loading what runs need
            return 0;
        }
        Console guarded = console.guarded();
        RedactingEncoder.Scope logs = RedactingEncoder.guard(console.redaction());
        try {
            return new CommandLineParser(guarded, verbs()).run(arguments);
        } finally {
            guarded.out().flush();
            guarded.err().flush();
            logs.close();
        }
    }

    private static List<Verb> verbs() {
        return List.of(
                new DemoVerb(),
                new DemoApiVerb(),
                new RunVerb(),
                new CheckVerb(),
                new LoginVerb(),
                new StreamsVerb(),
                new PreviewVerb(),
                new ConnectorsVerb(),
                new StateVerb(),
                new QueryVerb(),
                new RangeVerb(),
                new WarmUpVerb());
    }
}
