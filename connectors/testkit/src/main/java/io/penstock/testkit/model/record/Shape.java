package io.penstock.testkit.model.record;

/** Writes the records of one stream. Stateless, so safe for concurrent use. */
public interface Shape {

    /**
     * Writes the fields that follow the common ones, each beginning with a comma.
     *
     * @param facts the record
     * @param out where to
     */
    void write(Facts facts, Bytes out);

    /**
     * The number by which the stream can be narrowed beside dates: the month of an order, the category of a product.
     * It never changes in a record's life.
     *
     * @return the number, or 0 where there is none
     */
    default int facet(Facts facts) {
        return 0;
    }
}
