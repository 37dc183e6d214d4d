/**
 * The launcher script, held against a small house of its own: its {@code java} tells how it was called, its {@code mvnw} counts.
 *
 * <p>So no test builds Penstock inside the build of Penstock, and what takes a minute there takes milliseconds here.
 */
@NullMarked
package io.penstock.checks.launcher;

import org.jspecify.annotations.NullMarked;
