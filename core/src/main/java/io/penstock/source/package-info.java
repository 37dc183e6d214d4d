/**
 * What a source is: the contract between the engine and whoever reads an API.
 *
 * <p>Start at {@link io.penstock.source.SourceProvider}, which a service loader finds; it opens a
 * {@link io.penstock.source.Source} with judged settings and a {@link io.penstock.source.SourceRuntime} that hands it all it must
 * not create itself. The test kit checks each MUST.
 */
@NullMarked
package io.penstock.source;

import org.jspecify.annotations.NullMarked;
