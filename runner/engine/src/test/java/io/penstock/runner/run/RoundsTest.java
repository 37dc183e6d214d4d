package io.penstock.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.TryLater.UpstreamError;
import io.penstock.runner.event.RunEvent;
import io.penstock.runner.rounds.Rhythm;
import io.penstock.runner.rounds.Round;
import io.penstock.runner.rounds.RoundListener;
import io.penstock.runner.rounds.Rounds;
import io.penstock.runner.rounds.RoundsHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

class RoundsTest {

    private static final Duration QUARTER = Duration.ofMinutes(15);

    private final Rig rig = new Rig().orders().pages(3, 4);
    private final List<Round> rounds = new ArrayList<>();
    private final List<Long> began = new ArrayList<>();
    private int open;
    private int mostOpen;

    @AfterEach
    void giveTimeBack() {
        rig.close();
    }

    private RoundsHandle start(Rhythm rhythm) {
        return new Rounds(rig.host()).start(rig.plan(), rig.options.build(), rhythm, new RoundListener() {
            @Override
            public void on(RunEvent event) {
                rig.events.add(event);
            }

            @Override
            public void began(long number, RunHandle run) {
                began.add(rig.time.now(TimeUnit.SECONDS));
                mostOpen = Math.max(mostOpen, ++open);
            }

            @Override
            public Mono<Void> ended(Round round) {
                return Mono.fromRunnable(() -> {
                    open--;
                    rounds.add(round);
                });
            }
        });
    }

    private static Rhythm every(Duration time) {
        return new Rhythm(Optional.of(time), 0, false);
    }

    private Integer code(RoundsHandle handle) {
        return handle.done().toFuture().getNow(-1);
    }

    @Test
    void tenDaysOfRoundsComeEveryQuarterOfAnHourAndEachGoesOnWhereTheLastOneEnded() {
        RoundsHandle handle = start(every(QUARTER));

        rig.advance(Duration.ofDays(10).minusSeconds(1).toMillis());

        assertThat(rounds)
                .hasSize(960)
                .allSatisfy(round -> assertThat(round.summary().exitCode()).isZero());
        assertThat(rounds.get(959).number()).isEqualTo(960);
        for (int i = 0; i < began.size(); i++) {
            assertThat(began.get(i)).isEqualTo(i * QUARTER.toSeconds());
        }
        assertThat(rig.store.rowsOf(Rig.ORDERS)).hasSize(12);
        assertThat(rig.store.epoch).isEqualTo(960);
        assertThat(code(handle)).isEqualTo(-1);
        handle.stop(143);
        rig.advance(1);
        assertThat(code(handle)).isEqualTo(143);
    }

    @Test
    void aRoundThatTakesLongerThanThePauseIsFollowedAtOnceAndNeverOverlaps() {
        rig.source.page(Rig.ALL, 1, Duration.ofMinutes(40), true);

        RoundsHandle handle = start(every(QUARTER));
        rig.advance(Duration.ofMinutes(60).toMillis());

        assertThat(mostOpen).isEqualTo(1);
        assertThat(began).hasSize(3);
        assertThat(began.get(1)).isBetween(2400L, 2401L);
        assertThat(rounds.get(0).pause()).contains(Duration.ZERO);
        handle.stop(143);
    }

    @Test
    void jitterSpreadsThePausesWithinItsBounds() {
        RoundsHandle handle = start(new Rhythm(Optional.of(QUARTER), 0.1, false));
        rig.advance(Duration.ofDays(10).toMillis());
        handle.stop(143);

        List<Long> pauses = rounds.stream()
                .flatMap(round -> round.pause().stream())
                .map(Duration::toSeconds)
                .toList();
        assertThat(pauses)
                .hasSizeGreaterThan(900)
                .allSatisfy(pause -> assertThat(pause).isBetween(808L, 990L));
        assertThat(pauses.stream().distinct().count()).isGreaterThan(100);
        assertThat(pauses.stream().mapToLong(pause -> pause).average().orElseThrow())
                .isBetween(890.0, 910.0);
    }

    @Test
    void aFailedRoundIsFollowedByTheNextAndTheLastOneTellsTheExitCode() {
        rig.source.failure(Rig.ALL, new UpstreamError("down", 503, Duration.ZERO));
        RoundsHandle handle = start(new Rhythm(Optional.of(QUARTER), 0, true));
        rig.advance(Duration.ofMinutes(20).toMillis());

        assertThat(rounds).extracting(round -> round.summary().exitCode()).containsExactly(75, 75);
        rig.source.turns(Rig.ALL).remove(3);
        rig.advance(QUARTER.toMillis());

        assertThat(rounds).extracting(round -> round.summary().exitCode()).containsExactly(75, 75, 0);
        assertThat(rounds.get(2).pause()).isEmpty();
        assertThat(code(handle)).isZero();
        assertThat(rig.store.rowsOf(Rig.ORDERS)).hasSize(12);
    }

    @Test
    void untilCaughtUpEndsWithTheRoundThatFindsNothingNew() {
        RoundsHandle handle = start(new Rhythm(Optional.empty(), 0, true));
        rig.advance(10_000);

        assertThat(code(handle)).isZero();
        assertThat(rounds)
                .extracting(round -> round.summary().streams().get(0).counts().records())
                .containsExactly(12L, 0L);
    }

    @Test
    void untilCaughtUpDoesNotTryAFailureAgainWithoutAPause() {
        rig.source.failure(Rig.ALL, new UpstreamError("down", 503, Duration.ZERO));
        RoundsHandle handle = start(new Rhythm(Optional.empty(), 0, true));
        rig.advance(10_000);

        assertThat(code(handle)).isEqualTo(75);
        assertThat(rounds).hasSize(1);
    }

    @Test
    void aPlanThatMustBeMendedEndsTheRoundsAtOnce() {
        rig.source.checkFailure = null;
        rig.source.listFailure = new ConfigError("no such account: name another one");
        RoundsHandle handle = start(every(QUARTER));
        rig.advance(Duration.ofDays(1).toMillis());

        assertThat(code(handle)).isEqualTo(78);
        assertThat(rounds).hasSize(1);
    }

    @Test
    void aWrongConnectionIsRefusedBeforeTheFirstRound() {
        rig.options.connections(Set.of("shp"));

        assertThatThrownBy(() -> start(every(QUARTER)))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("shop");
        assertThat(began).isEmpty();
    }

    @Test
    void aStopDuringARoundDrainsItAndNoOtherFollows() {
        rig.source.page(Rig.ALL, 1, Duration.ofMinutes(5), true);
        RoundsHandle handle = start(every(QUARTER));
        rig.advance(60_000);

        handle.stop(143);
        rig.advance(Duration.ofDays(1).toMillis());

        assertThat(code(handle)).isEqualTo(143);
        assertThat(rounds).hasSize(1);
        assertThat(rounds.get(0).summary().exitCode()).isEqualTo(143);
        assertThat(rig.store.rowsOf(Rig.ORDERS)).hasSize(12);
    }

    @Test
    void aStopDuringThePauseEndsItAtOnce() {
        RoundsHandle handle = start(every(QUARTER));
        rig.advance(60_000);
        assertThat(code(handle)).isEqualTo(-1);

        handle.stop(130);

        assertThat(code(handle)).isEqualTo(130);
        assertThat(rounds).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"PT0.999S, 0, false", "PT1M, 1.01, false", "PT1M, -0.1, false", ", 0, false"})
    void aRhythmThatCannotBeIsRefused(Duration every, double jitter, boolean caughtUp) {
        assertThatThrownBy(() -> new Rhythm(Optional.ofNullable(every), jitter, caughtUp))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }
}
