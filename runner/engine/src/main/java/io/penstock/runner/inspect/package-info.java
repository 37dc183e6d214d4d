/**
 * Looks at what a plan names, without moving data and without touching any state.
 *
 * <p>Start at {@link io.penstock.runner.inspect.Inspector}: does it work, what can be read, what do the first records look like.
 */
@NullMarked
package io.penstock.runner.inspect;

import org.jspecify.annotations.NullMarked;
