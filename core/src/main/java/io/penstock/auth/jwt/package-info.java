/**
 * Makes and checks JSON Web Tokens (RFC 7519, RFC 7515, RFC 8725).
 *
 * <p>Start at {@link io.penstock.auth.jwt.JwtAssertion} to make one and at {@link io.penstock.auth.jwt.JwtCheck} to check one that
 * came in. Algorithms are chosen in the configuration, never by a token, and each goes with one kind of key.
 */
@NullMarked
package io.penstock.auth.jwt;

import org.jspecify.annotations.NullMarked;
