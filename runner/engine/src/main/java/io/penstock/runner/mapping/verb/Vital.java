package io.penstock.runner.mapping.verb;

import io.penstock.config.Problems;
import io.penstock.record.StreamInfo;

/** The fields without which a stream cannot be written or read on. */
final class Vital {

    private Vital() {}

    /** Notes a problem if {@code field} is part of the primary key. */
    static void requireNoKey(StreamInfo stream, Problems problems, String verb, String field) {
        problems.require(
                !stream.primaryKey().contains(field),
                verb,
                "'" + field + "' is part of the primary key of " + stream.id()
                        + " and must stay as it is: take it out of " + verb);
    }

    /** Notes a problem if {@code field} is the cursor or tells of deletions. */
    static void requireNoMark(StreamInfo stream, Problems problems, String verb, String field) {
        problems.require(
                !stream.cursorField().equals(java.util.Optional.of(field)),
                verb,
                "'" + field + "' is the cursor of " + stream.id() + " and must stay as it is: take it out of " + verb);
        problems.require(
                !stream.deletedField().equals(java.util.Optional.of(field)),
                verb,
                "'" + field + "' tells which records of " + stream.id()
                        + " are deleted and must stay as it is: take it out of " + verb);
    }

    /** Notes a problem if {@code field} is any of these. */
    static void require(StreamInfo stream, Problems problems, String verb, String field) {
        requireNoKey(stream, problems, verb, field);
        requireNoMark(stream, problems, verb, field);
    }
}
