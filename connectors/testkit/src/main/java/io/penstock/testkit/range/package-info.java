/**
 * Runs clients against every misbehaviour of the catalogue and says what became of them.
 *
 * <p>Start at {@link io.penstock.testkit.range.Range}. A {@link io.penstock.testkit.range.Contestant} reads a model API that
 * does one thing wrong; its {@link io.penstock.testkit.range.Score} holds what it ended with, and what has landed, against what
 * the catalogue asks for and the truth of the data.
 */
@NullMarked
package io.penstock.testkit.range;

import org.jspecify.annotations.NullMarked;
