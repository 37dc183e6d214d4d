/**
 * What every sink must do, as tests that its author runs.
 *
 * <p>Implement {@link io.penstock.testkit.sink.SinkContract} in a test class of your module: it brings the tests, you say how to
 * open your sink on a directory and how to read back what a person would see in it. Needs JUnit Jupiter and AssertJ in test
 * scope.
 */
@NullMarked
package io.penstock.testkit.sink;

import org.jspecify.annotations.NullMarked;
