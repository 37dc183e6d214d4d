/**
 * What a run tells while it happens: streams, commits, failures; never single records.
 *
 * <p>Start at {@link io.penstock.runner.event.RunListener}. What can be counted is polled instead, see
 * {@link io.penstock.runner.summary.Progress}.
 */
@NullMarked
package io.penstock.runner.event;

import org.jspecify.annotations.NullMarked;
