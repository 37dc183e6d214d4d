/**
 * The model API: a real HTTP server with six streams in six paging styles, for demos, benchmarks and tests.
 *
 * <p>Start at {@link io.penstock.testkit.model.ModelApi}, which runs the server, and
 * {@link io.penstock.testkit.model.ModelData}, which says what a correct read of it adds up to. Everything served
 * follows from one seed, so that two servers with the same settings answer the same bytes.
 *
 * <p>Nothing here knows the engine: the model is what the engine is judged by.
 */
@NullMarked
package io.penstock.testkit.model;

import org.jspecify.annotations.NullMarked;
