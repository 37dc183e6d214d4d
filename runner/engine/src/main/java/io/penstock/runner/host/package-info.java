/**
 * What the runner is handed by the program it runs in: time, randomness, meters and HTTP clients.
 *
 * <p>Start at {@link io.penstock.runner.host.Host}. Nothing in the runner creates any of these itself, so that the same runner
 * works in a command line, in a server and in virtual time.
 */
@NullMarked
package io.penstock.runner.host;

import org.jspecify.annotations.NullMarked;
