package io.penstock.client;

import java.time.Clock;
import java.util.random.RandomGenerator;

/** The one place where an embedder's client takes wall clock and chance from the system. */
final class SystemTime {

    private SystemTime() {}

    static Clock clock() {
        return Clock.systemUTC();
    }

    static RandomGenerator random() {
        return RandomGenerator.getDefault();
    }
}
