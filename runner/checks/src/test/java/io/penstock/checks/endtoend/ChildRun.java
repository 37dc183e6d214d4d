package io.penstock.checks.endtoend;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.client.ClientResources;
import io.penstock.config.SecretSource;
import io.penstock.http.Transport;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart;
import io.penstock.runner.event.RunEvent;
import io.penstock.runner.host.Host;
import io.penstock.runner.plan.Plan;
import io.penstock.runner.run.RunOptions;
import io.penstock.runner.run.Runner;
import io.penstock.runner.summary.RunSummary;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** One run of a plan, wired as the command line wires it; it says a word at each request and each commit. */
public final class ChildRun {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    private ChildRun() {}

    /** Runs the plan {@code arguments[0]}, committing after {@code arguments[1]} rows, and exits as the command line would. */
    public static void main(String[] arguments) {
        RunSummary summary = run(Path.of(arguments[0]), Integer.parseInt(arguments[1]), System.out::println);
        if (summary.exitCode() != 0) {
            System.out.println(summary.toJson());
        }
        System.exit(summary.exitCode());
    }

    /** Runs {@code plan} in this process; {@code said} hears {@code request} and {@code commit}, from any thread. */
    static RunSummary run(Path plan, int rows, Consumer<String> said) {
        try (ClientResources resources = resources(said)) {
            Host host = new Host(
                    resources::client,
                    Schedulers.parallel(),
                    Clock.systemUTC(),
                    RandomGenerator.getDefault(),
                    new SimpleMeterRegistry());
            Plan parsed = Plan.load(plan, Optional.empty(), SmallCommits.catalogue(rows), SecretSource.ENVIRONMENT);
            return Objects.requireNonNull(new Runner(host)
                    .start(parsed, RunOptions.defaults(), event -> {
                        if (event instanceof RunEvent.Committed) {
                            said.accept("commit");
                        }
                    })
                    .done()
                    .block(LONGEST));
        }
    }

    private static ClientResources resources(Consumer<String> said) {
        ClientResources real = ClientResources.create();
        return ClientResources.of(new Told(real.transport(), said), real.timer(), real.clock(), real.random());
    }

    /** A transport that says when it sends. */
    private record Told(Transport real, Consumer<String> said) implements Transport {

        @Override
        public Flux<ResponsePart> send(ApiRequest request) {
            return Flux.defer(() -> {
                said.accept("request");
                return real.send(request);
            });
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
