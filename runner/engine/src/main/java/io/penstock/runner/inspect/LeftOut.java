package io.penstock.runner.inspect;

import java.util.List;

/**
 * What the mapping of a stream does to whole records.
 *
 * @param read how many records were read; those of the last page may be more than are shown
 * @param filtered how many of them the plan does not want
 * @param unfit how many of them do not fit
 * @param warned how many break the schema and go on
 * @param reasons why the first of them do not fit
 */
public record LeftOut(long read, long filtered, long unfit, long warned, List<Reason> reasons) {

    /** Copies the list. */
    public LeftOut {
        reasons = List.copyOf(reasons);
    }

    /**
     * Why a record does not fit.
     *
     * @param code the kind of failure
     * @param pointer JSON Pointer to the value to blame; empty for the whole record
     * @param reason what was expected and what was found, never the value
     */
    public record Reason(String code, String pointer, String reason) {}

    /** Whether all went on without a word. */
    public boolean isNothing() {
        return filtered + unfit + warned == 0;
    }
}
