package io.penstock.runner.mapping;

/**
 * A record that does not fit.
 *
 * @param record its bytes, as they were read, but for what the plan masks and hashes
 * @param code the kind of failure it is: {@code RecordRejected} or {@code SchemaViolation}
 * @param pointer JSON Pointer to the value to blame; empty for the whole record
 * @param reason what was expected and what was found
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed over, never compared
public record Misfit(byte[] record, String code, String pointer, String reason) {}
