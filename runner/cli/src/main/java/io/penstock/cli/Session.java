package io.penstock.cli;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.cli.login.CredentialFolder;
import io.penstock.cli.range.PlanContestant;
import io.penstock.cli.run.Watched;
import io.penstock.cli.view.Console;
import io.penstock.cli.view.RetryNotes;
import io.penstock.redact.RedactedTags;
import io.penstock.redact.Redaction;
import io.penstock.retry.RetryPolicy;
import io.penstock.runner.catalogue.Catalogue;
import io.penstock.runner.host.Host;
import io.penstock.runner.plan.Plan;
import io.penstock.runner.plan.PlannedConnection;
import io.penstock.runner.secrets.Keyring;
import io.penstock.runner.secrets.Variables;
import io.penstock.runner.vault.OpenVault;
import io.penstock.runner.vault.PlannedVault;
import io.penstock.secret.SecretRuntime;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
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
    private final List<OpenVault> vaults = new CopyOnWriteArrayList<>();
    private final List<Keyring> keyrings = new CopyOnWriteArrayList<>();
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

    /** The plan that a command names, under the profile that it, its environment or the file of variables names. */
    Plan plan(Words words, Console console) {
        return plan(words, 0, console);
    }

    /** As {@link #plan(Words, Console)}, for a verb whose word number {@code position} names the plan. */
    Plan plan(Words words, int position, Console console) {
        Path file = console.directory().resolve(words.position(position).orElseThrow());
        return plan(file, words.text("--profile"), console);
    }

    /** The plan in {@code file}, with the variables of a {@code .env} beside it. */
    Plan plan(Path file, Optional<String> profile, Console console) {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(console.directory());
        clients.keepCredentialsIn(CredentialFolder.of(console, host.timer()));
        clients.keepQuotasIn(
                folder.resolve(".penstock")); // before the plan is read: a secret store may be asked by then
        Variables variables = Variables.beside(folder, console.environment());
        Keyring keyring = keyring(variables, console);
        Optional<String> wanted =
                profile.or(() -> variables.find("PENSTOCK_PROFILE").map(Variables.Value::text));
        Plan plan = Plan.load(file, wanted, catalogue, keyring);
        plan.credentials().ifPresent(this::keepIn);
        notes.hide(plan.redaction());
        keyring.warnings().forEach(warning -> console.say("Warning: " + warning));
        return plan;
    }

    private void keepIn(PlannedVault planned) {
        OpenVault open = planned.open(host.timer(), host.random());
        vaults.add(open);
        clients.keepCredentialsIn(open.vault());
    }

    private Keyring keyring(Variables variables, Console console) {
        Redaction redaction = console.redaction();
        Optional.ofNullable(console.environment().get(CredentialFolder.KEY)).ifPresent(redaction::learn);
        clients.tellSecretsTo(redaction::learn);
        host.meters().config().meterFilter(new RedactedTags(redaction));
        Keyring keyring =
                Keyring.of(variables, redaction, new SecretRuntime(clients::at, host.timer(), redaction::learn));
        keyrings.add(keyring);
        return keyring;
    }

    /** Reads what {@code connection} reads, into files. */
    PlanContestant contestant(Plan plan, PlannedConnection connection) {
        return new PlanContestant(plan, connection, catalogue.sinks().provider("jsonl"));
    }

    Host host() {
        return host;
    }

    /** {@code plan} with what it takes to run it while a person watches. */
    Watched watched(Plan plan) {
        return new Watched(plan, host, notes);
    }

    @Override
    public void close() {
        keyrings.forEach(Keyring::close);
        clients.close();
        vaults.forEach(OpenVault::close);
    }
}
