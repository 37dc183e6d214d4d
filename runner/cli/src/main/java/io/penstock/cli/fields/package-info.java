/**
 * Shows the fields of a stream to people.
 *
 * <p>Start at {@link io.penstock.cli.fields.FieldsText}, which puts a JSON Schema into a few short lines.
 */
@NullMarked
package io.penstock.cli.fields;

import org.jspecify.annotations.NullMarked;
