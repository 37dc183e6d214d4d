package io.penstock.runner.mapping.value;

/** Says that one record does not fit; without a stack trace, because it is no bug and may be frequent. */
public final class Unfit extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String pointer;
    private final boolean contract;

    private Unfit(String pointer, String reason, boolean contract) {
        super(reason, null, false, false);
        this.pointer = pointer;
        this.contract = contract;
    }

    /**
     * A value cannot be mapped.
     *
     * @param pointer JSON Pointer to it in the record as it was read
     * @param reason what was expected and what kind of value was found; never the value itself, which may be personal
     */
    public static Unfit value(String pointer, String reason) {
        return new Unfit(pointer, reason, false);
    }

    /** A record breaks the schema of its stream. */
    public static Unfit schema(String pointer, String reason) {
        return new Unfit(pointer, reason, true);
    }

    /** Where in the record. */
    public String pointer() {
        return pointer;
    }

    /** What was expected and what was found. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** Whether it is the stream's schema that is broken, not the mapping. */
    public boolean isContract() {
        return contract;
    }
}
