package io.penstock.testkit.model.hostile;

/** What a correct client must end with. */
public enum Outcome {
    /** Success, and exactly the rows of the truth. */
    IDENTICAL(0, "identical data"),
    /** A record cannot be kept exactly; nothing wrong has landed. */
    REJECTED(65, "record rejected"),
    /** No success now, perhaps later; nothing wrong has landed. */
    TRY_LATER(75, "try later"),
    /** The answers are of no use; nothing wrong has landed. */
    BAD_ANSWER(76, "bad answer"),
    /** Rights or destination: the client refuses to go there, or was refused; nothing wrong has landed. */
    DENIED(77, "denied");

    private final int exitCode;
    private final String words;

    Outcome(int exitCode, String words) {
        this.exitCode = exitCode;
        this.words = words;
    }

    /** What a process must exit with. */
    public int exitCode() {
        return exitCode;
    }

    /** Whether a process may exit with {@code code}. */
    public boolean allows(int code) {
        return code == exitCode;
    }

    /** The outcome in words, for tables. */
    public String words() {
        return words;
    }
}
