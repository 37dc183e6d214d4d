/**
 * Writes each stream as part files that never change, under a manifest that says which of them count.
 *
 * <p>Start at {@link io.penstock.parts.PartsSettings}, which makes a sink of a {@link io.penstock.parts.PartFormat}. A commit writes
 * its parts where nobody looks, makes them durable, saves the manifest with their names and the cursors, and then moves them into
 * the folder of their stream. A run that died in between is finished, or undone, by the next claim.
 *
 * <p>Invariant: the folder of a stream never holds a part that the manifest does not name, and when no run is alive and the last
 * one was not killed, it holds all of them.
 */
@NullMarked
package io.penstock.parts;

import org.jspecify.annotations.NullMarked;
