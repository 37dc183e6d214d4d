package io.penstock.linear;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;

/** Runs the operations of a test class in the interleavings that a model checker finds; its own validation judges each. */
public final class Interleavings {

    private Interleavings() {}

    /** Three threads with two operations each, after one that comes first; as many scenarios as told, 100 interleavings of each. */
    public static void check(Class<?> test, int scenarios) {
        ModelCheckingOptions options = new ModelCheckingOptions()
                .iterations(scenarios)
                .invocationsPerIteration(100)
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(0)
                .verifier(EpsilonVerifier.class);
        assertThatCode(() -> options.check(test)).doesNotThrowAnyException();
    }
}
