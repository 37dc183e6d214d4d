/**
 * A model of a store: what is durable outlives every process, and each call is a chance for trouble.
 *
 * <p>Start at {@link io.penstock.checks.simulation.store.Store}.
 */
@NullMarked
package io.penstock.checks.simulation.store;

import org.jspecify.annotations.NullMarked;
