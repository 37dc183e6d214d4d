package io.penstock.cli.view;

import java.io.Serial;

/** The command line itself is wrong in a way that only the verb can see. */
public final class UsageProblem extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public UsageProblem(String message) {
        super(message);
    }
}
