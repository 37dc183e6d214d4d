/**
 * Fuzz targets over everything that reads what a peer sends, one in each class; those that need it stand in the package of what
 * they try.
 *
 * <p>In a plain test run each replays its corpus, {@code src/test/resources/<package>/<class>Inputs/<method>}. With the profile
 * {@code fuzz}, each looks for new inputs for 15 seconds; what breaks the code is left in the corpus.
 */
package io.penstock.fuzz;
