/**
 * What the demo remembers between runs, and how it proves what landed.
 *
 * <p>Start at {@link io.penstock.cli.demo.DemoFolder}.
 */
@NullMarked
package io.penstock.cli.demo;

import org.jspecify.annotations.NullMarked;
