package io.penstock.cli;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.client.ClientResources;
import io.penstock.config.SecretSource;
import io.penstock.runner.catalogue.Catalogue;
import io.penstock.runner.host.Host;
import io.penstock.runner.plan.Plan;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.random.RandomGenerator;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The real world as the runner sees it: system time, sockets, installed plug-ins. */
final class Session implements AutoCloseable {

    private final Catalogue catalogue;
    private final ClientResources resources;
    private final Host host;

    private Session(Catalogue catalogue, ClientResources resources, Host host) {
        this.catalogue = catalogue;
        this.resources = resources;
        this.host = host;
    }

    static Session open() {
        Catalogue catalogue = Catalogue.load(Session.class.getClassLoader());
        ClientResources resources = ClientResources.create();
        Scheduler timer = Schedulers.parallel();
        Host host = new Host(
                resources::client, timer, Clock.systemUTC(), RandomGenerator.getDefault(), new SimpleMeterRegistry());
        return new Session(catalogue, resources, host);
    }

    /** The plan that a command names. */
    Plan plan(Words words, Console console) {
        Path file = console.directory().resolve(words.position(0).orElseThrow());
        Optional<String> profile = words.text("--profile")
                .or(() -> Optional.ofNullable(console.environment().get("PENSTOCK_PROFILE")));
        return Plan.load(file, profile, catalogue, SecretSource.of(console.environment()));
    }

    Catalogue catalogue() {
        return catalogue;
    }

    Host host() {
        return host;
    }

    @Override
    public void close() {
        resources.close();
    }
}
