/**
 * Runs of one plan again and again.
 *
 * <p>Start at {@link io.penstock.runner.rounds.Rounds}.
 */
@NullMarked
package io.penstock.runner.rounds;

import org.jspecify.annotations.NullMarked;
