/**
 * One slice from {@code Source.read} to {@code Stage.commit}.
 *
 * <p>Start at {@link io.penstock.runner.slice.SliceRun}: it turns what happens to a slice (pages, the end, a failure, a stop, an age
 * that was reached) into steps that the slice's writer takes one at a time. What is shared with the other slices of a stream is
 * {@link io.penstock.runner.slice.StreamRun}.
 *
 * <p>Invariants: a commit happens only where a page ends; at most one batch is asked for beyond the one being written; whatever
 * ends a slice closes its stage.
 */
@NullMarked
package io.penstock.runner.slice;

import org.jspecify.annotations.NullMarked;
