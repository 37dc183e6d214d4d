package io.penstock.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.penstock.error.StateFailure.StateCorrupt;
import io.penstock.record.Cursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a cursor of a {@link ChangeWalk} says.
 *
 * @param version of this form
 * @param since the value from which on, inclusive, the walk asks; null for everything
 * @param seen fingerprints of the records at or after {@code since} that earlier walks have read
 * @param walk how far an unfinished walk has come; null between walks
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ChangeState(
        @JsonProperty("v") int version,
        @JsonProperty("since") @Nullable String since,
        @JsonProperty("seen") @Nullable List<String> seen,
        @JsonProperty("walk") @Nullable Walk walk) {

    /** The only form there is so far. */
    static final int VERSION = 1;

    /** Nothing was ever read. */
    static final ChangeState START = new ChangeState(VERSION, null, List.of(), null);

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectReader READER = JSON.readerFor(ChangeState.class);
    private static final ObjectWriter WRITER = JSON.writerFor(ChangeState.class);

    /**
     * An unfinished walk.
     *
     * @param token the page to go on with
     * @param bound where the next walk must begin; null if no value was read so far
     * @param known fingerprints of the records read from there on
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Walk(
            @JsonProperty("token") String token,
            @JsonProperty("max") @Nullable String bound,
            @JsonProperty("seen") @Nullable List<String> known) {

        /** The fingerprints, never null. */
        List<String> seen() {
            return known == null ? List.of() : known;
        }
    }

    /** {@link #seen}, never null. */
    List<String> known() {
        return seen == null ? List.of() : seen;
    }

    /** Without the walk under way: the next one begins where the last finished one ended. */
    ChangeState betweenWalks() {
        return new ChangeState(version, since, seen, null);
    }

    /** Reads what {@link #cursor} wrote. */
    static ChangeState of(Cursor cursor) {
        try {
            ChangeState state = READER.readValue(cursor.text());
            if (state != null && state.version == VERSION) {
                return state;
            }
            throw new StateCorrupt("the saved cursor has a form this release does not know (expected version " + VERSION
                    + "): use the release that wrote it, or reset the stream's state");
        } catch (JsonProcessingException broken) {
            throw new StateCorrupt(
                    "the saved cursor is not one that this source wrote: reset the stream's state", broken);
        }
    }

    Cursor cursor() {
        try {
            return new Cursor(WRITER.writeValueAsString(this));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("texts and lists are always JSON", impossible);
        }
    }
}
