package io.penstock.sink;

/**
 * A record that a stage has given back.
 *
 * @param page where it was read
 * @param record its bytes, without the line feed
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed over, never compared
public record TakenOut(long page, byte[] record) {}
