package io.penstock.runner.mapping.value;

import java.io.ByteArrayOutputStream;

/** A value of a record: as it was written, or opened to be changed. For one thread at a time. */
public sealed interface Value permits Raw, Fields, Items {

    /** Writes it as JSON. */
    void write(ByteArrayOutputStream out);

    /** This value, opened if it is an object or array that was not yet. */
    Value opened();
}
