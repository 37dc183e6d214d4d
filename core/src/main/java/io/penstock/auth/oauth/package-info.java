/**
 * OAuth 2.0 (RFC 6749) as a client: gets access tokens and puts them on requests.
 *
 * <p>Start at {@link io.penstock.auth.oauth.OAuth}. Every request to an authorization server is a form by POST over TLS, follows no
 * redirect, and reads an answer of at most 64 KiB; nothing of it is logged. When tokens are renewed is decided in
 * {@link io.penstock.auth.broker}. There is no implicit grant and no password grant (RFC 9700).
 */
@NullMarked
package io.penstock.auth.oauth;

import org.jspecify.annotations.NullMarked;
