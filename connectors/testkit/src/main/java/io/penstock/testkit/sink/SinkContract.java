package io.penstock.testkit.sink;

/**
 * Every MUST of {@link io.penstock.sink.Sink} and {@link io.penstock.sink.Stage}, as tests.
 *
 * <p>The tests are sorted by topic into the interfaces this one extends; {@link SinkHooks} is what their user implements.
 */
public interface SinkContract
        extends ClaimContract, CommitContract, StageContract, ReplaceContract, UpsertContract, ValuesContract {}
