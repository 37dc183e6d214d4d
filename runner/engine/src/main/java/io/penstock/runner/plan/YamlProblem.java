package io.penstock.runner.plan;

import io.penstock.runner.plan.Node.Mark;

/** What makes a text unreadable as a document, and where; becomes a {@code ConfigError} with the file's name. */
final class YamlProblem extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;
    private final transient Mark mark;

    YamlProblem(Mark mark, String message) {
        super(message);
        this.mark = mark;
    }

    Mark mark() {
        return mark;
    }
}
