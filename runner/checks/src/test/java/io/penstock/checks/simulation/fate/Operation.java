package io.penstock.checks.simulation.fate;

/** What a process asks of the world outside, and what can be struck. */
public enum Operation {
    /** One try of an HTTP request, up to the head of its answer. */
    REQUEST,
    /** One piece of an answer's body. */
    BODY,
    /** The sink's check. */
    CHECK,
    /** The claim, before it counts. */
    CLAIM,
    /** The claim's answer: the epoch is minted. */
    CLAIMED,
    /** Opening a stage. */
    OPEN,
    /** A batch on its way into a stage. */
    WRITE,
    /** A page that is taken back. */
    DISCARD,
    /** A commit, before it is durable. */
    COMMIT,
    /** A commit's answer: it is durable. */
    COMMITTED,
    /** A publish, before it is durable. */
    PUBLISH,
    /** A publish's answer: it is durable. */
    PUBLISHED,
    /** The count of rows for the summary. */
    COUNT,
    /** Reading what is stored of the quota. */
    QUOTA_READ,
    /** Storing what is spent of the quota. */
    QUOTA_SAVE,
    /** The answer to storing it: it is stored. */
    QUOTA_SAVED
}
