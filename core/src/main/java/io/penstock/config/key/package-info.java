/**
 * Keys and certificates as people write them: PEM text (RFC 7468).
 *
 * <p>Start at {@link io.penstock.config.key.PemKeys}. Private keys come in as secrets and leave as keys of the Java platform; no
 * message repeats any of their text.
 */
@NullMarked
package io.penstock.config.key;

import org.jspecify.annotations.NullMarked;
