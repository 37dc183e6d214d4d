/**
 * Keeps one access token fresh for everybody who sends with it.
 *
 * <p>Start at {@link io.penstock.auth.broker.Broker}. One renewal at a time for each credential, however many requests and
 * processes need it; a token is renewed before it expires, while the old one is still used; a refused token is renewed once.
 * Where renewing replaces the refresh token, the new one is durable before anything is sent with it.
 *
 * <p>Invariant: a credential is never deleted here, and a refresh token is never sent by two at a time.
 *
 * <p>Knows nothing of OAuth's requests: {@link io.penstock.auth.broker.TokenIssuer} makes them.
 */
@NullMarked
package io.penstock.auth.broker;

import org.jspecify.annotations.NullMarked;
