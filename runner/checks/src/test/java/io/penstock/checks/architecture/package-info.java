/**
 * The rules the code keeps, each with a planted violation that proves that it bites.
 *
 * <p>A rule is a method that takes classes or sources and returns what breaks it, in plain words. One test gives it the product,
 * a sibling gives it a few lines written to break it. {@link io.penstock.checks.architecture.Product} finds the product,
 * {@link io.penstock.checks.architecture.Planted} compiles the lines; where an exception is right, an
 * {@link io.penstock.checks.architecture.AllowList} names it with its reason, and an entry nobody needs fails too.
 */
@NullMarked
package io.penstock.checks.architecture;

import org.jspecify.annotations.NullMarked;
