package io.penstock.runner.mapping.verb;

import io.penstock.config.Problems;
import io.penstock.record.StreamInfo;
import io.penstock.runner.mapping.value.Fields;
import io.penstock.runner.mapping.value.RecordSchema;
import java.util.Set;

/** One change of records and, in step with it, of their schema. */
public interface Verb {

    /**
     * Changes a record.
     *
     * @throws io.penstock.runner.mapping.value.Unfit if the record does not allow it; the record is then to be thrown away
     */
    void on(Fields record);

    /** Changes what is known of all records. */
    void on(RecordSchema schema);

    /** Notes where this would take from {@code stream} what it cannot do without. */
    void judge(StreamInfo stream, Problems problems);

    /** The fields of the source's records that it names, so that a name that is mistyped can be found. */
    Set<String> names();

    /** Whether it is done to a record too whose only message is that it is gone. */
    default boolean onDeleted() {
        return true;
    }
}
