/**
 * The notations that a body may come in, each brought to lines of canonical JSON.
 *
 * <p>Start at {@link io.penstock.decode.format.Format}: it makes a {@link io.penstock.decode.Decoder} for a document in JSON,
 * line-delimited JSON, CSV or XML, or for a zip archive of such documents. CSV and XML are read by libraries, strictly, and
 * written as lines, which then pass the same machine and the same limits as all other records.
 *
 * <p>Invariant: what is held and what one call gives is bounded, however much a small piece unpacks to; the rest waits until it
 * is asked for.
 *
 * <p>Knows {@code decode} and words only.
 */
@NullMarked
package io.penstock.decode.format;

import org.jspecify.annotations.NullMarked;
