/**
 * Puts credentials on requests.
 *
 * <p>Start at {@link io.penstock.auth.Auth}. A credential is put on each try anew, after every wait, and only where the
 * request's origin is the one it belongs to; whoever composes requests checks that.
 */
@NullMarked
package io.penstock.auth;

import org.jspecify.annotations.NullMarked;
