/**
 * What one record of the model API looks like, byte for byte.
 *
 * <p>Start at {@link io.penstock.testkit.model.record.ModelStream}: it names the six streams and holds the
 * {@link io.penstock.testkit.model.record.Shape} that writes each stream's records. A shape draws every value from
 * numbers that follow from seed, stream, index and revision, and writes it straight into
 * {@link io.penstock.testkit.model.record.Bytes}: there is no tree and no string per record.
 *
 * <p>Depends on the JDK only; knows neither revisions nor HTTP.
 */
@NullMarked
package io.penstock.testkit.model.record;

import org.jspecify.annotations.NullMarked;
