package io.penstock.decode;

/**
 * How large and how deep a document may be.
 *
 * @param recordBytes bytes of one record
 * @param depth nesting of objects and arrays
 * @param nameBytes bytes of a field's name
 * @param textBytes bytes of a string
 * @param digits digits of a number, and the most its exponent may be, up or down
 * @param fields fields of one object
 */
public record DecodeLimits(int recordBytes, int depth, int nameBytes, int textBytes, int digits, int fields) {

    /** 16 MiB a record, depth 100, names of 8 KiB, strings of 16 MiB, 1,000 digits, 10,000 fields. */
    public static final DecodeLimits DEFAULT = new DecodeLimits(16 << 20, 100, 8 << 10, 16 << 20, 1000, 10_000);
}
