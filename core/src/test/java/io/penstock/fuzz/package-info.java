/**
 * Fuzz targets over everything that reads what a peer sends.
 *
 * <p>In a plain test run each replays its corpus, {@code src/test/resources/io/penstock/fuzz/<class>Inputs/<method>}; with
 * {@code JAZZER_FUZZ=1} in the environment it looks for new inputs for 15 seconds, one class at a time.
 */
package io.penstock.fuzz;
