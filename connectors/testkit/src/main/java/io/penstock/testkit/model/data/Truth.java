package io.penstock.testkit.model.data;

/**
 * What a complete and correct read of one stream at one revision adds up to, in whatever order it is read.
 *
 * @param rows how many records
 * @param checksum 16 hexadecimal digits: the sum, modulo 2^64, over the records, of the first eight bytes (big endian)
 *     of the SHA-256 of the record's bytes exactly as served
 * @param keys the same over the UTF-8 text {@code id:version} of each record
 */
public record Truth(long rows, String checksum, String keys) {}
