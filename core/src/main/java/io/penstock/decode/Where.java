package io.penstock.decode;

import io.penstock.error.BadAnswer.LimitExceeded;
import io.penstock.error.BadAnswer.MalformedPayload;
import io.penstock.error.BadAnswer.UnexpectedContent;
import io.penstock.error.DataRejected.RecordRejected;
import io.penstock.record.Pointer;

/** Where in the document the scanner is; words errors so that they show the place and never the content. */
final class Where {

    private final Pointer records;
    private byte[] bytes = new byte[0];
    private long base;
    private int recordStart = -1;
    private long record;

    Where(Pointer records) {
        this.records = records;
    }

    /** Another document begins. */
    void reset() {
        recordStart = -1;
        record = 0;
    }

    /** The array that positions mean from now on, and how many bytes of the document lie before it. */
    void in(byte[] array, long before) {
        bytes = array;
        base = before;
    }

    /** Whether {@code at} is the first byte of the document. */
    boolean isStart(int at) {
        return base + at == 0;
    }

    void recordStarts(int at) {
        recordStart = at;
    }

    void recordEnds() {
        recordStart = -1;
        record++;
    }

    /** Where the record that is being read starts, or -1 between records. */
    int recordStart() {
        return recordStart;
    }

    /** How many records have ended. */
    long records() {
        return record;
    }

    /** Positions move down by {@code by}. */
    void shift(int by) {
        recordStart = recordStart < 0 ? -1 : recordStart - by;
    }

    MalformedPayload malformed(int at, String what) {
        return new MalformedPayload("the body is not valid JSON: " + what + place(at)
                + "; the API sent it so: ask for the page by hand and report it to the API's owner");
    }

    /** @param setting what to raise, as a plan calls it */
    LimitExceeded limit(int at, String what, String setting) {
        return new LimitExceeded(what + place(at) + "; raise limits." + setting + " if the API really sends such data");
    }

    /** More than can be taken, whatever is set. */
    LimitExceeded tooMuch(int at, String what) {
        return new LimitExceeded(what + place(at) + ": divide the stream, or point at another value");
    }

    RecordRejected rejected(int at, String what) {
        return new RecordRejected(what + place(at) + "; it cannot be taken over exactly");
    }

    private String place(int at) {
        String text = " at byte " + (base + at);
        return recordStart < 0 || recordStart > at
                ? text
                : text + " (" + records + "/" + record + PlaceInRecord.path(bytes, recordStart, at) + ")";
    }

    /** What stands at {@code at}, for an error: a printable ASCII mark as it is, a number for all else. */
    static String shown(byte b) {
        return b > ' ' && b < 0x7F && !Character.isLetterOrDigit(b)
                ? "'" + (char) b + "'"
                : Character.isLetterOrDigit(b & 0xFF) && b > 0
                        ? "a letter or digit"
                        : "byte 0x%02x".formatted(b & 0xFF);
    }

    /** The document starts with an angle bracket. */
    static UnexpectedContent markup() {
        return new UnexpectedContent(
                "the API answered HTML or XML where JSON was due: is this a login page, an error page of a"
                        + " proxy, or the address of the website instead of the API?");
    }

    /** There is no document. */
    static UnexpectedContent nothing() {
        return new UnexpectedContent(
                "the API answered with an empty body where a JSON document was due: check the address, or"
                        + " ask the API's owner");
    }
}
