/**
 * Holds the documentation to its word.
 *
 * <p>Start at {@link io.penstock.checks.readme.ReadmeTest}: every block of code in the README is run, parsed, or found in
 * compiled code. Every link leads somewhere, and every kind of error is explained.
 */
@NullMarked
package io.penstock.checks.readme;

import org.jspecify.annotations.NullMarked;
