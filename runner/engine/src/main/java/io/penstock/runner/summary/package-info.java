/**
 * What a run tells: while it lasts, and when it is over.
 *
 * <p>Start at {@link io.penstock.runner.summary.RunSummary}, which has one stable JSON form, and at
 * {@link io.penstock.runner.summary.StreamReport}, which serves progress and summary alike. Every
 * {@link io.penstock.runner.summary.Failure} has been through the redaction of the plan before it gets here.
 */
@NullMarked
package io.penstock.runner.summary;

import org.jspecify.annotations.NullMarked;
