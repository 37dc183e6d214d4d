package io.penstock.connectors.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.model.hostile.Hostile;
import io.penstock.testkit.model.hostile.Misbehaviour;
import io.penstock.testkit.range.Range;
import io.penstock.testkit.range.Score;
import io.penstock.testkit.range.SourceContestant;
import io.penstock.testkit.range.Verdict;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Nothing in the catalogue makes the source lose, double, invent or hang. */
class HostileRangeIT {

    private static final Map<String, String> SECRETS = Map.of("TOKEN", "demo-token");

    private final Range range = new Range(600, 42);
    private final SourceContestant source = new SourceContestant((rig, api) -> rig.open(
            new ReferenceProvider(),
            Map.of("base_url", api.toString(), "token", "${env:TOKEN}", "page_size", 100),
            SECRETS));

    @TestFactory
    Stream<DynamicTest> everyMisbehaviourEndsAsItMust() {
        return Hostile.catalogue().stream()
                .map(misbehaviour -> DynamicTest.dynamicTest(misbehaviour.name(), () -> passes(misbehaviour)));
    }

    private void passes(Misbehaviour misbehaviour) {
        Score score = range.score(misbehaviour, source);
        assertThat(score.verdict())
                .as("%s: exit code %s, %s", misbehaviour.description(), score.exitCode(), score.remark())
                .isEqualTo(Verdict.PASSED);
    }
}
