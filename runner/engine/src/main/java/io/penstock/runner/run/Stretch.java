package io.penstock.runner.run;

/**
 * A stretch of time that is read besides what a stream is read to regularly; the regular cursors stay where they are.
 *
 * @param from its beginning, in the source's own words, such as {@code 2024-01-01}
 * @param to its end, which does not belong to it
 */
public record Stretch(String from, String to) {}
