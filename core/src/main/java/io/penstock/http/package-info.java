/**
 * Sends requests and proves that answers are complete.
 *
 * <p>Start at {@link io.penstock.http.Transport}; {@link io.penstock.http.HttpTransport} is the one on Reactor Netty. A request
 * becomes an {@code Exchange}, which watches its deadlines; the answer's header section is judged by {@code Framing}; its body
 * flows through {@code BodyFlux}, which asks the socket for no more than its subscriber asks for, and {@code BodyReader}, which
 * counts, inflates and proves.
 *
 * <p>Invariant: the chunk marked as last has been seen only if framing, length, checksum and limits all held.
 *
 * <p>{@link io.penstock.http.outbound} has the rules for URLs that came from a peer; the caller applies them, and the transport
 * judges the resolved address once more.
 *
 * <p>Nothing here knows retries, limits, credentials or what a body means. No type of the HTTP library leaves this package.
 */
@NullMarked
package io.penstock.http;

import org.jspecify.annotations.NullMarked;
