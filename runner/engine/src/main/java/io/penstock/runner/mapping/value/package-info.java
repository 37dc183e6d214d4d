/**
 * Records opened only as far as somebody changes them.
 *
 * <p>Start at {@link io.penstock.runner.mapping.value.Fields}. A value that nobody opens stays the bytes it was read as, digit for
 * digit; {@link io.penstock.runner.mapping.value.FieldPath} names one, {@link io.penstock.runner.mapping.value.RecordSchema} is
 * the same for what is known of records beforehand.
 *
 * <p>It relies on what {@link io.penstock.record.RecordBytes} promises: valid JSON on one line, no doubled names.
 */
@NullMarked
package io.penstock.runner.mapping.value;

import org.jspecify.annotations.NullMarked;
