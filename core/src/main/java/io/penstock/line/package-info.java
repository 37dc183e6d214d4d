/**
 * What everything has in common that hands out what is scarce to those who wait for it.
 *
 * <p>Start at {@link io.penstock.line.Ticket}, a place in such a line; {@link io.penstock.line.Drain} lets one thread at a time serve the line.
 * Who is served when is up to the owner of the line.
 */
@NullMarked
package io.penstock.line;

import org.jspecify.annotations.NullMarked;
