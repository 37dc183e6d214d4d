/**
 * What the model API knows: every stream at every revision, worked out on demand.
 *
 * <p>Start at {@link io.penstock.testkit.model.data.Dataset}. Nothing is stored: whether record 7 exists at revision 3,
 * and what it says, follows from the seed. Kept are only positions (one number per 256 records and filter, a bounded
 * number of filters), the answers of {@link io.penstock.testkit.model.data.Truths} and the
 * {@link io.penstock.testkit.model.data.Edits} that clients made.
 *
 * <p>Invariant: a stream read at a revision is the stream at the revision before, with that revision's changes applied.
 *
 * <p>Depends on the record shapes and Jackson (for edits); knows no HTTP.
 */
@NullMarked
package io.penstock.testkit.model.data;

import org.jspecify.annotations.NullMarked;
