package io.penstock.runner.run;

import io.penstock.record.HeldBytes;
import io.penstock.runner.event.RunListener;
import io.penstock.runner.host.Host;
import io.penstock.runner.plan.Plan;
import io.penstock.runner.plan.PlannedConnection;
import io.penstock.runner.slice.Events;
import io.penstock.runner.slice.Opened;
import io.penstock.runner.slice.RunContext;
import io.penstock.runner.slice.Stop;
import io.penstock.runner.summary.ConnectionSummary;
import io.penstock.runner.summary.ExitCode;
import io.penstock.runner.summary.Failure;
import io.penstock.runner.summary.Progress;
import io.penstock.runner.summary.RunSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Runs plans. Immutable, safe for concurrent use. */
public final class Runner {

    private static final int CONNECTIONS_AT_ONCE = 16;

    private final Host host;

    /** A runner that takes time, randomness and clients from {@code host}. */
    public Runner(Host host) {
        this.host = host;
    }

    /**
     * Starts a run; returns at once.
     *
     * <p>Connections run side by side. Nothing that goes wrong afterwards is thrown: it is parked and stands in the summary.
     *
     * @throws io.penstock.error.BadConfig.ConfigError if the options name a connection that the plan does not have
     */
    public RunHandle start(Plan plan, RunOptions options, RunListener listener) {
        Stop stop = new Stop();
        HeldBytes held = options.held();
        List<ConnectionRun> runs = Chosen.of(plan, options).stream()
                .map(connection -> new ConnectionRun(
                        connection, plan.directory(), context(plan, options, listener, stop, held), options))
                .toList();
        Running running = new Running(host, plan.name(), runs, stop);
        running.summary.subscribe();
        return running;
    }

    /**
     * What {@link #start} would run, without running it: sources are asked for their streams, sinks for nothing.
     *
     * @return errors with {@link io.penstock.error.BadConfig.ConfigError} where the run would be refused
     */
    public Flux<Intended> dryRun(Plan plan, RunOptions options) {
        return Flux.defer(() -> Flux.fromIterable(Chosen.of(plan, options)))
                .concatMap(connection -> intended(plan, connection, options), 0);
    }

    private Flux<Intended> intended(Plan plan, PlannedConnection connection, RunOptions options) {
        return Flux.usingWhen(
                Mono.fromCallable(() -> Opened.of(host, connection, plan.directory())),
                opened -> opened.source()
                        .streams()
                        .collectList()
                        .flatMapIterable(infos -> new Selection(connection, options)
                                .of(infos, opened.source(), opened.sink(), host.timer()))
                        .map(stream -> new Intended(stream.info(), stream.mode())),
                Opened::close);
    }

    private RunContext context(Plan plan, RunOptions options, RunListener listener, Stop stop, HeldBytes held) {
        RunListener told = new RunMeters(host.meters(), host.clients()).before(listener);
        Events events = new Events(told, plan.redaction(), host.clock());
        return new RunContext(host, options.fullRefresh(), stop.child(), events, held);
    }

    private static final class Running implements RunHandle {
        private final Host host;
        private final String plan;
        private final List<ConnectionRun> runs;
        private final Stop stop;
        private final Instant started;
        private final long startedNanos;
        private final Mono<RunSummary> summary;

        Running(Host host, String plan, List<ConnectionRun> runs, Stop stop) {
            this.host = host;
            this.plan = plan;
            this.runs = runs;
            this.stop = stop;
            this.started = host.clock().instant();
            this.startedNanos = host.timer().now(TimeUnit.NANOSECONDS);
            this.summary = Flux.fromIterable(runs)
                    .flatMapSequential(ConnectionRun::run, CONNECTIONS_AT_ONCE, 1)
                    .collectList()
                    .map(this::summary)
                    .cache();
        }

        private RunSummary summary(List<ConnectionSummary> connections) {
            List<Integer> codes = connections.stream()
                    .flatMap(c -> c.failures().stream())
                    .map(Failure::exitCode)
                    .toList();
            int exitCode = stop.exitCode().orElseGet(() -> ExitCode.worst(codes));
            return new RunSummary(
                    plan, started, elapsed(), connections, host.clients().budgets(), exitCode);
        }

        private Duration elapsed() {
            return Duration.ofNanos(host.timer().now(TimeUnit.NANOSECONDS) - startedNanos);
        }

        @Override
        public Mono<RunSummary> done() {
            return summary;
        }

        @Override
        public Progress progress() {
            int failures =
                    runs.stream().mapToInt(run -> run.events().parked().size()).sum();
            return new Progress(
                    elapsed(),
                    runs.stream().flatMap(run -> run.reports().stream()).toList(),
                    host.clients().budgets(),
                    failures,
                    stop.isAsked());
        }

        @Override
        public void stop(int exitCode) {
            stop.ask(exitCode);
        }
    }
}
