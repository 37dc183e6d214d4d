package io.penstock.cli;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.cli.login.CredentialFolder;
import io.penstock.cli.range.PlanContestant;
import io.penstock.cli.view.Console;
import io.penstock.cli.view.RetryNotes;
import io.penstock.config.SecretSource;
import io.penstock.retry.RetryPolicy;
import io.penstock.runner.catalogue.Catalogue;
import io.penstock.runner.host.Host;
import io.penstock.runner.plan.Plan;
import io.penstock.runner.plan.PlannedConnection;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The real world as the runner sees it: system time, sockets, installed plug-ins. */
final class Session implements AutoCloseable {

    /** For a person who waits for an answer: what fails three times in a row is worth telling. */
    private static final RetryPolicy IMPATIENT = RetryPolicy.builder()
            .maxAttempts(3)
            .cap(Duration.ofSeconds(1))
            .maxElapsed(Duration.ofSeconds(20))
            .maxRetryAfter(Duration.ofSeconds(5))
            .build();

    private final Catalogue catalogue = Catalogue.load(Session.class.getClassLoader());
    private final RetryNotes notes;
    private final Clients clients;
    private final Host host;

    private Session(Optional<RetryPolicy> always) {
        Scheduler timer = Schedulers.parallel();
        notes = new RetryNotes(timer);
        clients = new Clients(always, notes);
        host = new Host(clients, timer, Clock.systemUTC(), RandomGenerator.getDefault(), new SimpleMeterRegistry());
    }

    /** A session that repeats failed requests for as long as a run needs to get over a bad quarter of an hour. */
    static Session patient() {
        return new Session(Optional.empty());
    }

    /** A session for somebody who waits for the answer. */
    static Session impatient() {
        return new Session(Optional.of(IMPATIENT));
    }

    /** The plan that a command names. */
    Plan plan(Words words, Console console) {
        Path file = console.directory().resolve(words.position(0).orElseThrow());
        Optional<String> profile = words.text("--profile")
                .or(() -> Optional.ofNullable(console.environment().get("PENSTOCK_PROFILE")));
        return plan(file, profile, console);
    }

    /** The plan in {@code file}. */
    Plan plan(Path file, Optional<String> profile, Console console) {
        clients.keepCredentialsIn(CredentialFolder.of(console, host.timer()));
        Plan plan = Plan.load(file, profile, catalogue, SecretSource.of(console.environment()));
        notes.hide(plan.redaction());
        clients.keepQuotasIn(plan.directory().resolve(".penstock"));
        return plan;
    }

    /** Reads what {@code connection} reads, into files. */
    PlanContestant contestant(Plan plan, PlannedConnection connection) {
        return new PlanContestant(plan, connection, catalogue.sinks().provider("jsonl"));
    }

    Host host() {
        return host;
    }

    RetryNotes notes() {
        return notes;
    }

    @Override
    public void close() {
        clients.close();
    }
}
