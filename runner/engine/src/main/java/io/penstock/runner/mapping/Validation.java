package io.penstock.runner.mapping;

/** What is made of the JSON Schema that a source gives for a stream. */
public enum Validation {
    /** A record that breaks it does not fit. */
    STRICT,
    /** A record that breaks it is counted and goes on. */
    WARN,
    /** Nobody looks. */
    OFF
}
