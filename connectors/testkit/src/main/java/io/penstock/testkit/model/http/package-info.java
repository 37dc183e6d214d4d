/**
 * The model API on the wire: routes, paging styles, answers, and answers gone wrong.
 *
 * <p>Start at {@link io.penstock.testkit.model.http.ApiHandler}: it is the way of every request, in order. Each paging
 * style is one {@link io.penstock.testkit.model.http.Endpoint}. Event loops write pages, which takes microseconds;
 * whatever has to look at a whole stream runs on the worker scheduler.
 *
 * <p>Depends on the data, the guard, GraphQL and Reactor Netty.
 */
@NullMarked
package io.penstock.testkit.model.http;

import org.jspecify.annotations.NullMarked;
