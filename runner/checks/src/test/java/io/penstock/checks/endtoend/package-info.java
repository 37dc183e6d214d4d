/**
 * Whole runs against the model API: killed, refused, cut off and starved, and then compared with the truth, row by row.
 *
 * <p>Start at {@link io.penstock.checks.endtoend.Scenario}: a model API, a plan that reads it, and an output that can tell
 * whether it holds exactly what it should. {@link io.penstock.checks.endtoend.ChildRun} is the same run in a process of its
 * own, which may be killed.
 */
@NullMarked
package io.penstock.checks.endtoend;

import org.jspecify.annotations.NullMarked;
