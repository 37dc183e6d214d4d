package io.penstock.cli;

import java.io.Serial;

/** The command line itself is wrong in a way that only the verb can see. */
final class UsageProblem extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    UsageProblem(String message) {
        super(message);
    }
}
