/**
 * Where requests may go, whom they trust there, and through which proxy (deny by default).
 *
 * <p>Start at {@link io.penstock.http.outbound.Outbound}, the rules of one client. {@link
 * io.penstock.http.outbound.Destinations} judges a URL before it is asked, {@link io.penstock.http.outbound.Redirects} makes the
 * next request of an answer that redirects, and the transport judges every resolved address once more as it connects.
 *
 * <p>Invariant: a URL that came from a peer reaches the origins a person typed or listed, and no private address that nobody
 * has named; away from the typed origin it carries no header that could be a credential, and no body.
 *
 * <p>Nothing here sends anything.
 */
@NullMarked
package io.penstock.http.outbound;

import org.jspecify.annotations.NullMarked;
