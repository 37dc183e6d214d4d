/**
 * What the operating system asks of a run.
 *
 * <p>Start at {@link io.penstock.cli.signal.StopSignals}.
 */
@NullMarked
package io.penstock.cli.signal;

import org.jspecify.annotations.NullMarked;
