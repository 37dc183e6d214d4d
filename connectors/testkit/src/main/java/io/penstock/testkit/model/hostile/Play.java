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

    /**
     * What is answered instead of what was asked for.
     *
     * @param uri the request's target as sent
     */
    default String asked(String uri) {
        return uri;
    }
}
