package io.penstock.testkit.source;

import io.penstock.source.Source;

/**
 * The tests of {@link Source}: one for each MUST. Implement it in a test class of the connector.
 *
 * <p>The API behind it must stand still, and answer with pages small enough that {@link #deepStream} has at least four of them
 * in its first slice. Every wait has a limit.
 */
public interface SourceContract extends ConductContract, SliceContract, DemandContract, WalkContract {}
