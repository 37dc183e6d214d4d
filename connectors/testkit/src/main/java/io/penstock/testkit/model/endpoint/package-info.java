/**
 * What each path answers: one paging style, one {@link io.penstock.testkit.model.endpoint.Endpoint}.
 *
 * <p>Start at {@link io.penstock.testkit.model.endpoint.Routes}. An endpoint turns a
 * {@link io.penstock.testkit.model.endpoint.Call} into a {@link io.penstock.testkit.model.endpoint.Reply}, or throws a
 * {@link io.penstock.testkit.model.endpoint.Problem}. Writing a page takes microseconds and happens where the request came
 * in; whatever has to look at a whole stream runs on the worker scheduler.
 *
 * <p>Depends on the data, GraphQL and Jackson; knows no sockets.
 */
@NullMarked
package io.penstock.testkit.model.endpoint;

import org.jspecify.annotations.NullMarked;
