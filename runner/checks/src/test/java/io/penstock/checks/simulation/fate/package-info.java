/**
 * What befalls a simulated world: which operation fails, hangs, comes late or is the last of its process.
 *
 * <p>Start at {@link io.penstock.checks.simulation.fate.Fate}. {@link io.penstock.checks.simulation.fate.DiceFate} throws dice that
 * come from the seed; {@link io.penstock.checks.simulation.fate.SweepFate} strikes one chosen operation.
 */
@NullMarked
package io.penstock.checks.simulation.fate;

import org.jspecify.annotations.NullMarked;
