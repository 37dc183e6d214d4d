/**
 * What can be seen from outside: meters by documented names, and where the time of each lane went.
 *
 * <p>Start at {@link io.penstock.observe.Waits}: a lane is one reader of one slice, each moment of it has one reason
 * ({@link io.penstock.observe.WaitReason}), and the sums add up to its wall time.
 */
@NullMarked
package io.penstock.observe;

import org.jspecify.annotations.NullMarked;
