/**
 * What can be done to a record on its way from source to sink, one verb each.
 *
 * <p>Start at {@link io.penstock.runner.mapping.verb.Verb}. A verb changes a record, changes the schema in step with it, and judges
 * beforehand whether it would take away what the stream cannot do without: its primary key, its cursor, its word of deletions.
 * All are immutable and safe for concurrent use.
 */
@NullMarked
package io.penstock.runner.mapping.verb;

import org.jspecify.annotations.NullMarked;
