package io.penstock.parts.directory;

import io.penstock.record.Batch;
import io.penstock.record.SliceId;
import java.io.IOException;

/** What one stage has gathered. Its methods block; one is called at a time. */
public interface Place {

    /** Whose rows they are. */
    SliceId slice();

    /** Whether they take the place of all older rows. */
    boolean replacing();

    /** Takes a batch. */
    void write(Batch batch) throws IOException;

    /** Takes out what came from attempt {@code attempt} or lower of {@code page}. */
    void discard(long page, int attempt) throws IOException;
}
