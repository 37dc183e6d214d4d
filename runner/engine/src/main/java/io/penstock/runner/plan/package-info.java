/**
 * The file that names connections, read and judged.
 *
 * <p>Start at {@link io.penstock.runner.plan.Plan#load}. The YAML is read by strict rules: plain values only, no tags, no merge
 * keys, no doubled keys, bounded in size, depth and aliases. Every problem is reported at once, with its line and column. The
 * settings of sources and sinks are judged by what their providers declare; no connector is known here by name.
 */
@NullMarked
package io.penstock.runner.plan;

import org.jspecify.annotations.NullMarked;
