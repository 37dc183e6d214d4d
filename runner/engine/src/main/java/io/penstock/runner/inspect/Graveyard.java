package io.penstock.runner.inspect;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.runner.host.Host;
import io.penstock.runner.plan.Plan;
import io.penstock.runner.plan.PlannedConnection;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Looks at the dead letters that sinks keep. Immutable, safe for concurrent use. */
public final class Graveyard {

    private final Host host;

    /** Takes time from {@code host}. */
    public Graveyard(Host host) {
        this.host = host;
    }

    /**
     * The dead letters of a plan as JSON objects, connection by connection, oldest first. A sink is claimed while it is asked, so that
     * nobody runs the connection meanwhile.
     *
     * @param connection only of this one; empty for all whose sinks keep dead letters
     * @param stream only of this one
     * @param most how many of each connection
     * @return errors with {@link ConfigError} if there is no such connection, or its sink keeps none
     */
    public Flux<String> letters(Plan plan, Optional<String> connection, Optional<String> stream, int most) {
        return Flux.defer(() -> Flux.fromIterable(
                        connection.map(name -> List.of(plan.connection(name))).orElse(plan.connections())))
                .concatMap(one -> letters(plan, one, stream, most, connection.isPresent()), 0);
    }

    private Flux<String> letters(
            Plan plan, PlannedConnection connection, Optional<String> stream, int most, boolean named) {
        return Mono.usingWhen(
                        Mono.fromCallable(() -> host.sink(connection, plan.directory())),
                        sink -> {
                            if (!sink.keepsDeadLetters()) {
                                return named ? Mono.error(none(connection)) : Mono.just(List.<String>of());
                            }
                            return sink.check()
                                    .then(Mono.defer(() -> sink.claim(connection.id())))
                                    .then(Mono.defer(() -> sink.deadLetters(connection.id(), stream, most)));
                        },
                        sink -> Mono.<Void>fromRunnable(sink::close).subscribeOn(Schedulers.boundedElastic()))
                .flatMapIterable(letters -> letters);
    }

    private static ConfigError none(PlannedConnection connection) {
        return new ConfigError("the sink " + connection.sink().connector() + " of connection " + connection.id()
                + " keeps no dead letters: there is nothing to show");
    }
}
