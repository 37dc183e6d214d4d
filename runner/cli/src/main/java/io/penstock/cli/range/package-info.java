/**
 * Runs a plan against every misbehaviour of the model API, and shows what became of it.
 *
 * <p>Start at {@link io.penstock.cli.range.PlanContestant}, which lets the engine run one connection of a plan as a contestant
 * of {@link io.penstock.testkit.range.Range}.
 */
@NullMarked
package io.penstock.cli.range;

import org.jspecify.annotations.NullMarked;
