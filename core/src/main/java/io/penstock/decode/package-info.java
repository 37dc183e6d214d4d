/**
 * Turns bytes into records, validating as it goes.
 *
 * <p>Start at {@link io.penstock.decode.Decoders}, which makes a {@link io.penstock.decode.Decoder} for each document. Behind it
 * one machine ({@code JsonScanner}) passes over every byte once, proves it, and notes where records start and end; a record is
 * never turned into objects.
 *
 * <p>Invariant: however a document is cut into pieces, the same records, values and failures come out, and no more is held than
 * the largest unfinished record and a piece.
 *
 * <p>Knows words only ({@code record}, {@code error}).
 */
@NullMarked
package io.penstock.decode;

import org.jspecify.annotations.NullMarked;
