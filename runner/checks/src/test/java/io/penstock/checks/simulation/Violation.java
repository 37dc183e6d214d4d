package io.penstock.checks.simulation;

import java.io.Serial;

/** Something that must never be. */
final class Violation extends AssertionError {

    @Serial
    private static final long serialVersionUID = 1L;

    Violation(String what) {
        super(what);
    }
}
