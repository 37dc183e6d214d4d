package io.penstock.runner.mapping;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Types;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of records of a stream that do not fit, and how many there may be.
 *
 * @param policy what becomes of them
 * @param most how many there may be in one run before the stream stops; at least 0
 */
public record RecordErrors(Policy policy, long most) {

    /** The first one fails its slice. */
    public static final RecordErrors FAIL = new RecordErrors(Policy.FAIL, 0);

    /** How many there may be where the plan does not say. */
    public static final long MOST = 1000;

    private static final Setting<Policy> ON_RECORD_ERROR = Setting.of(
            "on_record_error",
            "What becomes of a record that does not fit: fail stops its slice, skip leaves it out and counts it, dead_letter keeps it"
                    + " with the reason beside the stream's data, in the same commit.",
            Types.oneOf(Policy.class),
            "fail");
    private static final Setting<Long> MAX_RECORD_ERRORS = Setting.optional(
            "max_record_errors",
            "How many records may be skipped or kept as dead letters in one run before the stream stops; 1000 by default.",
            Types.integer(1, Long.MAX_VALUE));

    /** Both settings. */
    public static final List<Setting<?>> SETTINGS = List.of(ON_RECORD_ERROR, MAX_RECORD_ERRORS);

    /** What becomes of a record that does not fit. */
    public enum Policy {
        /** It fails its slice; nothing of its commit is written. */
        FAIL,
        /** It is left out and counted. */
        SKIP,
        /** It is kept, with the reason, in the same commit as its neighbours. */
        DEAD_LETTER
    }

    /**
     * What the settings say.
     *
     * @throws IllegalArgumentException if a number is given where the first record that does not fit stops the slice
     */
    public static RecordErrors from(Config config) {
        Policy policy = config.value(ON_RECORD_ERROR);
        Optional<Long> most = config.optional(MAX_RECORD_ERRORS);
        if (policy == Policy.FAIL) {
            if (most.isPresent()) {
                throw new IllegalArgumentException(
                        "max_record_errors counts records that are skipped or kept as dead letters:"
                                + " add on_record_error: skip or dead_letter, or take it out");
            }
            return FAIL;
        }
        return new RecordErrors(policy, most.orElse(MOST));
    }
}
