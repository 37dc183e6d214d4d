/**
 * What APIs do to their clients, by name: the hostile range.
 *
 * <p>Start at {@link io.penstock.testkit.model.hostile.Hostile}, the catalogue. Each
 * {@link io.penstock.testkit.model.hostile.Misbehaviour} says which fault it plays, when it strikes, and what a correct client
 * must end with; its {@link io.penstock.testkit.model.hostile.Play} turns a good answer into a bad one, which the model API
 * sends. A name never changes its meaning without a higher version.
 *
 * <p>Which requests suffer follows from the seed and the order in which the pages of a stream are asked for. Nothing here
 * knows the engine, or sends anything.
 */
@NullMarked
package io.penstock.testkit.model.hostile;

import org.jspecify.annotations.NullMarked;
