package io.penstock.runner.summary;

import io.penstock.rate.BudgetState;
import java.time.Duration;
import java.util.List;

/**
 * A run at a glance, for whoever polls it.
 *
 * @param elapsed since the run began
 * @param streams every stream known so far, in the plan's order
 * @param budgets how the budgets stand that are spent from
 * @param failures how many were parked so far
 * @param stopping whether the run was asked to stop
 */
public record Progress(
        Duration elapsed, List<StreamReport> streams, List<BudgetState> budgets, int failures, boolean stopping) {

    /** Copies the lists. */
    public Progress {
        streams = List.copyOf(streams);
        budgets = List.copyOf(budgets);
    }
}
