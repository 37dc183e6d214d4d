package io.penstock.sink;

import java.time.Duration;

/**
 * When enough has been gathered for a commit: at the end of the page that reaches any of the three.
 *
 * @param rows records
 * @param bytes bytes of records
 * @param age time since the first record that is not committed
 */
public record CommitCadence(long rows, long bytes, Duration age) {}
