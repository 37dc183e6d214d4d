package io.penstock.testkit.range;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.model.hostile.Hostile;
import io.penstock.testkit.model.hostile.Misbehaviour;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Nothing in the catalogue makes a contestant lose, double, invent or hang: one test for each misbehaviour. It takes about two
 * minutes, most of them spent waiting for deadlines.
 */
public interface HostileContract {

    /** Rows of each stream: several pages' worth. */
    default long records() {
        return 600;
    }

    /** What the data, and which pages suffer, follows from. */
    default long seed() {
        return 42;
    }

    /** Who reads; asked once for each misbehaviour. */
    Contestant contestant();

    /** Each with a server of its own. */
    @TestFactory
    default Stream<DynamicTest> everyMisbehaviourEndsAsItMust() {
        Range range = new Range(records(), seed());
        return Hostile.catalogue().stream()
                .map(misbehaviour ->
                        DynamicTest.dynamicTest(misbehaviour.name(), () -> requirePassed(range, misbehaviour)));
    }

    private void requirePassed(Range range, Misbehaviour misbehaviour) {
        Score score = range.score(misbehaviour, contestant());
        assertThat(score.verdict())
                .as(
                        "%s %s: exit code %s, %s",
                        misbehaviour.name(), misbehaviour.description(), score.exitCode(), score.remark())
                .isEqualTo(Verdict.PASSED);
    }
}
