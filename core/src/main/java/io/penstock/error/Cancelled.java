package io.penstock.error;

/** A person or the system stopped the run: exit code 130 for SIGINT, 143 for SIGTERM. */
public final class Cancelled extends PenstockException {

    private static final long serialVersionUID = 1L;
    private final int exitCode;

    /**
     * Says what stopped the run.
     *
     * @param exitCode 128 plus the number of the signal
     */
    public Cancelled(String message, int exitCode) {
        super(message, null);
        this.exitCode = exitCode;
    }

    @Override
    public int repeats() {
        return 0;
    }

    @Override
    public int exitCode() {
        return exitCode;
    }
}
