/**
 * What a plan may say under {@code limits}: what a connection may spend, wait for, repeat and take in.
 *
 * <p>Start at {@link io.penstock.runner.limits.Limits}. Everything here is read once, from settings that document themselves, and
 * handed to the client of the connection; whatever an error message tells people to raise is a setting here.
 */
@NullMarked
package io.penstock.runner.limits;

import org.jspecify.annotations.NullMarked;
