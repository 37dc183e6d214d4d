package io.penstock.cli.run;

import io.penstock.cli.view.RetryNotes;
import io.penstock.runner.host.Host;
import io.penstock.runner.plan.Plan;

/**
 * What is run while a person watches.
 *
 * @param plan what
 * @param host by what means
 * @param notes tells of requests that are tried again
 */
public record Watched(Plan plan, Host host, RetryNotes notes) {}
