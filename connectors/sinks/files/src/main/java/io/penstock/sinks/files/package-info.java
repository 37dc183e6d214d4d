/**
 * Writes each stream into a file of JSON lines, every record exactly once.
 *
 * <p>Start at {@link io.penstock.sinks.files.JsonlProvider}. A state file beside the data says how many bytes of each file are
 * committed and where each slice stands. A commit makes the lines durable first and the state second, so what lies behind the
 * committed length belongs to nobody and is cut off when the directory is claimed again.
 *
 * <p>Invariant: the first {@code length} bytes of a file are exactly the records its cursors cover.
 */
@NullMarked
package io.penstock.sinks.files;

import org.jspecify.annotations.NullMarked;
