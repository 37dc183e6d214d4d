package io.penstock.sink;

import io.penstock.record.Cursor;
import java.util.Optional;

/**
 * What becomes durable together with the rows a stage has gathered.
 *
 * @param epoch number of the run that may write, from {@link Claim#epoch()}
 * @param version number of this commit of the slice: one more than the last one's
 * @param cursor where the slice stands afterwards; empty to leave the cursor as it was
 */
public record Commit(long epoch, long version, Optional<Cursor> cursor) {}
