/**
 * What flows from an API to a sink, as plain values.
 *
 * <p>Start at {@link io.penstock.record.Batch}: records of one page that travel together, as bytes and offsets
 * ({@link io.penstock.record.RecordBytes}), never as one object a record. {@link io.penstock.record.SliceId} says where they
 * come from, {@link io.penstock.record.Cursor} where reading stands once they are durable.
 *
 * <p>Everything here is immutable, but for the counter {@link io.penstock.record.HeldBytes}, and knows neither Reactor nor HTTP
 * nor a JSON library.
 */
@NullMarked
package io.penstock.record;

import org.jspecify.annotations.NullMarked;
