/**
 * The command line: parses words, wires the runner to the real world, and tells people how it goes.
 *
 * <p>Start at {@link io.penstock.cli.Main}. Each verb is one class. What people read goes to stderr, what programs read to
 * stdout; a failure is one or two lines, and a stack trace only with {@code --debug}.
 */
@NullMarked
package io.penstock.cli;

import org.jspecify.annotations.NullMarked;
