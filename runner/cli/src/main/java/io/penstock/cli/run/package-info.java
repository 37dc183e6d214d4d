/**
 * Runs that a person watches and can stop by a signal, once or again and again.
 *
 * <p>Start at {@link io.penstock.cli.run.Running}.
 */
@NullMarked
package io.penstock.cli.run;

import org.jspecify.annotations.NullMarked;
