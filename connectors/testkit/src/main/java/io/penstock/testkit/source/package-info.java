/**
 * What every source must pass, and tools for its tests.
 *
 * <p>Start at {@link io.penstock.testkit.source.SourceContract}: a test class implements it, says how the source is opened and
 * how many requests its API has seen, and inherits one test for each MUST of {@link io.penstock.source.Source}.
 */
@NullMarked
package io.penstock.testkit.source;

import org.jspecify.annotations.NullMarked;
