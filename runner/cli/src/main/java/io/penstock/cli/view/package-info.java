/**
 * What a person sees: progress, tables, failures, the summary of a run.
 *
 * <p>Start at {@link io.penstock.cli.view.Console}: where a command writes to, and whether a person watches. Knows nothing of
 * verbs.
 */
@NullMarked
package io.penstock.cli.view;

import org.jspecify.annotations.NullMarked;
