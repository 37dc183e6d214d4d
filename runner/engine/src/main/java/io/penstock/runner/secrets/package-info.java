/**
 * Where the references of a plan lead: variables, files and secret stores.
 *
 * <p>Start at {@link io.penstock.runner.secrets.Keyring}. A reference that stands in a plan twice is one secret, read once. All that is
 * found is known to the {@link io.penstock.redact.Redaction} before anybody can use it.
 */
@NullMarked
package io.penstock.runner.secrets;

import org.jspecify.annotations.NullMarked;
