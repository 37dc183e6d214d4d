package io.penstock.testkit.model.http;

import io.penstock.testkit.model.guard.FaultPlan;
import io.penstock.testkit.model.guard.RateGate;
import io.penstock.testkit.model.hostile.Hostility;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * How the server behaves.
 *
 * @param latency what every data answer waits for; zero for none
 * @param gate the limiter
 * @param faults null for a server that keeps its word
 * @param hostility the one misbehaviour at work; null for none
 * @param scheduler clock and timer
 * @param worker where long scans run
 */
public record Settings(
        Duration latency,
        RateGate gate,
        @Nullable FaultPlan faults,
        @Nullable Hostility hostility,
        Scheduler scheduler,
        Scheduler worker) {}
