/**
 * Where cursors are kept for sinks that cannot hold them themselves.
 *
 * <p>Start at {@link io.penstock.state.StateStore}. Sinks with transactions keep cursors beside the rows and need none.
 */
@NullMarked
package io.penstock.state;

import org.jspecify.annotations.NullMarked;
