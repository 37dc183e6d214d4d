package io.penstock.testkit.model.hostile;

/** Makes a bad answer of a good one. */
@FunctionalInterface
public interface Play {

    /**
     * What is sent instead of the good answer.
     *
     * @return {@link Moment#asItIs()} where the misbehaviour does not concern this stream
     */
    Played on(Moment moment);
}
