/**
 * Reads any JSON API that a plan describes, without code.
 *
 * <p>Start at {@link io.penstock.connectors.rest.RestProvider}. Settings become a {@code StreamSpec} each; {@code RestSource} lists
 * streams and slices and reads them; {@code StreamReader} builds the calls, and {@code FanOut} reads children parent by parent.
 * What a plan leaves open, how pages follow each other and where the records are, {@code Layouts} finds out from the first
 * answer.
 *
 * <p>A {@code {name}} in a path, a parameter or a body is replaced by data once, encoded for its place, and never looked at again.
 */
@NullMarked
package io.penstock.connectors.rest;

import org.jspecify.annotations.NullMarked;
