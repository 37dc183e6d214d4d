/**
 * The model API on the wire: the way of every request, and answers gone wrong.
 *
 * <p>Start at {@link io.penstock.testkit.model.http.ApiHandler}. Answers leave on the event loop of their connection,
 * never before the request was handed over whole; event loops never block.
 *
 * <p>Depends on the endpoints, the guard and Reactor Netty.
 */
@NullMarked
package io.penstock.testkit.model.http;

import org.jspecify.annotations.NullMarked;
