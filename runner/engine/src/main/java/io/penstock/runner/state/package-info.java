/**
 * The cursors of a connection in people's hands: looked at, carried elsewhere, set back.
 *
 * <p>Start at {@link io.penstock.runner.state.StateDesk}. Every change is made under the sink's own claim, so that a run that is at
 * work is never disturbed and one that was overtaken writes nothing.
 */
@NullMarked
package io.penstock.runner.state;

import org.jspecify.annotations.NullMarked;
