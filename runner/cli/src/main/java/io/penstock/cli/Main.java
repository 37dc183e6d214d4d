package io.penstock.cli;

import java.util.List;

/** Where the process starts. */
public final class Main {

    private Main() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        int code = run(Console.system(), arguments);
        System.out.flush();
        System.err.flush();
        System.exit(code);
    }

    /** Runs one command; returns what the process would exit with. */
    static int run(Console console, String... arguments) {
        return new CommandLineParser(console, verbs()).run(arguments);
    }

    private static List<Verb> verbs() {
        return List.of(new DemoVerb(), new DemoApiVerb(), new RunVerb(), new ConnectorsVerb(), new WarmUpVerb());
    }
}
