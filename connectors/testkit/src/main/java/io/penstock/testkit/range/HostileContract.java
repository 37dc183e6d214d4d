package io.penstock.testkit.range;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.model.hostile.Hostile;
import io.penstock.testkit.model.hostile.Misbehaviour;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Nothing in the catalogue makes a contestant lose, double, invent or hang: one test for each misbehaviour. It takes about a
 * minute, most of it spent waiting for deadlines.
 */
public interface HostileContract {

    /** How many misbehaviours are met at once. */
    int SIDE_BY_SIDE = 4;

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

    /** Each with a server of its own, several of them side by side: most wait for deadlines most of the time. */
    @TestFactory
    default Stream<DynamicTest> everyMisbehaviourEndsAsItMust() {
        Range range = new Range(records(), seed());
        Scheduler threads = Schedulers.newBoundedElastic(SIDE_BY_SIDE, Integer.MAX_VALUE, "range");
        return Flux.fromIterable(Hostile.catalogue())
                .flatMapSequential(misbehaviour -> judged(range, misbehaviour).subscribeOn(threads), SIDE_BY_SIDE, 1)
                .doFinally(end -> threads.dispose())
                .toStream(1);
    }

    /** A test that knows its result. */
    private Mono<DynamicTest> judged(Range range, Misbehaviour misbehaviour) {
        return Mono.fromCallable(() -> range.score(misbehaviour, contestant()))
                .map(score -> DynamicTest.dynamicTest(misbehaviour.name(), () -> requirePassed(score)))
                .onErrorResume(failure -> Mono.just(DynamicTest.dynamicTest(misbehaviour.name(), () -> {
                    throw failure;
                })));
    }

    private static void requirePassed(Score score) {
        assertThat(score.verdict())
                .as(
                        "%s %s: exit code %s, %s",
                        score.misbehaviour().name(),
                        score.misbehaviour().description(),
                        score.exitCode(),
                        score.remark())
                .isEqualTo(Verdict.PASSED);
    }
}
