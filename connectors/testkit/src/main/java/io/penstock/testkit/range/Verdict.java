package io.penstock.testkit.range;

/** What the range thinks of a contestant. */
public enum Verdict {
    /** It ended as it must. */
    PASSED,
    /** It did not. */
    FAILED,
    /** The misbehaviour does not concern what it reads. */
    UNTOUCHED
}
