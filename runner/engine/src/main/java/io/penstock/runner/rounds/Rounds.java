package io.penstock.runner.rounds;

import io.penstock.runner.host.Host;
import io.penstock.runner.plan.Plan;
import io.penstock.runner.run.RunHandle;
import io.penstock.runner.run.RunOptions;
import io.penstock.runner.run.Runner;
import io.penstock.runner.slice.Stop;
import io.penstock.runner.summary.RunSummary;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Runs a plan again and again, one round after the other and never two at once. Immutable, safe for concurrent use. */
public final class Rounds {

    private final Host host;

    /** Takes time and randomness from {@code host}. */
    public Rounds(Host host) {
        this.host = host;
    }

    /**
     * Starts the first round; returns at once.
     *
     * <p>A round that fails is followed by the next, which goes on where it ended; only a plan that must be mended, or a stop, ends
     * the rounds early.
     *
     * @throws io.penstock.error.BadConfig.ConfigError if the options name a connection that the plan does not have
     */
    public RoundsHandle start(Plan plan, RunOptions options, Rhythm rhythm, RoundListener listener) {
        options.connections().forEach(plan::connection);
        Loop loop = new Loop(() -> new Runner(host).start(plan, options, listener), rhythm, listener, host);
        loop.done.subscribe();
        return loop;
    }

    private interface Beginning {
        RunHandle begin();
    }

    private static final class Loop implements RoundsHandle {
        private final Beginning beginning;
        private final Rhythm rhythm;
        private final RoundListener listener;
        private final Host host;
        private final Stop stop = new Stop();
        private final Mono<Integer> done;
        private volatile @Nullable RunHandle current;
        private long number; // one round at a time

        Loop(Beginning beginning, Rhythm rhythm, RoundListener listener, Host host) {
            this.beginning = beginning;
            this.rhythm = rhythm;
            this.listener = listener;
            this.host = host;
            this.done = Mono.defer(this::round)
                    .expand(this::next)
                    .last()
                    .map(round -> stop.exitCode().orElse(round.summary().exitCode()))
                    .cache();
        }

        private Mono<Round> round() {
            RunHandle run = beginning.begin();
            current = run;
            stop.exitCode().ifPresent(run::stop); // asked for before there was anything to stop
            number++;
            listener.began(number, run);
            return run.done().map(this::over).delayUntil(listener::ended);
        }

        private Round over(RunSummary summary) {
            boolean last = stop.isAsked() || rhythm.endsAfter(summary);
            Optional<Duration> pause =
                    last ? Optional.empty() : Optional.of(rhythm.pause(summary.wall(), host.random()));
            return new Round(number, summary, pause);
        }

        private Mono<Round> next(Round before) {
            return Mono.justOrEmpty(before.pause())
                    .flatMap(this::waited)
                    .filter(due -> due)
                    .flatMap(due -> round());
        }

        private Mono<Boolean> waited(Duration pause) {
            return Mono.firstWithSignal(
                    stop.asked().map(asked -> false),
                    Mono.delay(pause, host.timer()).map(tick -> true));
        }

        @Override
        public Mono<Integer> done() {
            return done;
        }

        @Override
        public void stop(int exitCode) {
            stop.ask(exitCode);
            RunHandle run = current;
            if (run != null) {
                run.stop(exitCode);
            }
        }
    }
}
