/**
 * The response cache of a connection, as a plan names it under {@code cache}.
 *
 * <p>Start at {@link io.penstock.runner.caching.PlannedCache}. It is opened with the source of a run and closed after it; a store that
 * is down costs its help, never the run.
 */
@NullMarked
package io.penstock.runner.caching;

import org.jspecify.annotations.NullMarked;
