/**
 * A model of an API that knows the truth, and the network before it.
 *
 * <p>Start at {@link io.penstock.checks.simulation.api.ModelTransport}, which takes the place of the sockets alone.
 */
@NullMarked
package io.penstock.checks.simulation.api;

import org.jspecify.annotations.NullMarked;
