package io.penstock.testkit.model.record;

/**
 * What is settled about one record before its bytes are written. Reused from record to record, therefore mutable; not
 * safe for concurrent use. Instants are epoch milliseconds, UTC.
 */
public final class Facts {

    /** Position of the record in its stream, from 0. */
    public int index;

    /** Rows per stream in revision 1: the range of references to other streams. */
    public int records;

    /** Revision that brought the record. */
    public int bornIn;

    /** Revision that changed or deleted it last, or {@link #bornIn}. */
    public int changedIn;

    /** 1 at birth, one more with each change. */
    public int version;

    /** When it came to be. */
    public long created;

    /** When it changed last. */
    public long updated;

    /** Whether it is gone. */
    public boolean deleted;

    /** Key of the values that never change. */
    public long fixedKey;

    /** Key of the values that each change renews. */
    public long currentKey;

    private final Draw fixed = new Draw();
    private final Draw current = new Draw();

    /** The values that never change, from their beginning. */
    Draw fixed() {
        return fixed.restart(fixedKey);
    }

    /** The values that each change renews, from their beginning. */
    Draw current() {
        return current.restart(currentKey);
    }
}
