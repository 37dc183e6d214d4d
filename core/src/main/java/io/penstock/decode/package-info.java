/**
 * Turns bytes into records, validating as it goes.
 *
 * <p>Start at {@link io.penstock.decode.Decoder}.
 */
@NullMarked
package io.penstock.decode;

import org.jspecify.annotations.NullMarked;
