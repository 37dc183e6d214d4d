/**
 * Validation and mapping of records between source and sink, as a plan declares them for a stream.
 *
 * <p>Start at {@link io.penstock.runner.mapping.PlannedMapping}, which a plan holds; for a stream that a source offers it becomes a
 * {@link io.penstock.runner.mapping.Mapping}.
 *
 * <p>Invariants: a stream without any of it is forwarded as it is, byte for byte, by nobody looking; a field that is not named is
 * forwarded digit for digit; a record that does not fit is named with its reason, never changed to fit and never lost.
 *
 * <p>The order in which the settings are applied is fixed, whatever the order in the plan: validate, filter, cast, mask, hash, set,
 * select, drop, flatten, rename. So all of them call fields by the source's names, and what is computed is computed from values
 * that are masked already.
 */
@NullMarked
package io.penstock.runner.mapping;

import org.jspecify.annotations.NullMarked;
