/**
 * What a sink is: the contract between the engine and whoever stores records.
 *
 * <p>Start at {@link io.penstock.sink.SinkProvider}. A {@link io.penstock.sink.Sink} is claimed by one run at a time; each
 * slice writes into a {@link io.penstock.sink.Stage} of its own that nobody sees; {@link io.penstock.sink.Stage#commit} makes
 * rows and cursor durable in one step. The test kit checks each MUST.
 *
 * <p>Invariant: a cursor never covers a record that is not in the sink, and no commit is applied twice.
 */
@NullMarked
package io.penstock.sink;

import org.jspecify.annotations.NullMarked;
