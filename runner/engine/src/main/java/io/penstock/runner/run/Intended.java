package io.penstock.runner.run;

import io.penstock.record.StreamInfo;
import io.penstock.sink.WriteMode;

/**
 * What a run would do with one stream.
 *
 * @param stream what the source says of it
 * @param mode how it would be written
 */
public record Intended(StreamInfo stream, WriteMode mode) {}
