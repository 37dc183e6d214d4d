package io.penstock.sink;

/** What happens to rows that are already there. */
public enum WriteMode {
    /** They stay; every record becomes one more row. */
    APPEND,
    /** A record takes the place of the row with the same primary key; a deletion removes it. */
    UPSERT,
    /** All of them give way to the records of this run, at once, when the run has read everything. */
    REPLACE
}
