package io.penstock.cli.view;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Turns on what {@code --debug} promises: failures log their stack traces at level debug, secrets hidden. */
public final class Debug {

    private Debug() {}

    /** From now on. */
    public static void on() {
        set(Level.DEBUG);
    }

    /** No longer. */
    public static void off() {
        set(Level.INFO);
    }

    private static void set(Level level) {
        ((Logger) LoggerFactory.getLogger("io.penstock")).setLevel(level);
    }
}
