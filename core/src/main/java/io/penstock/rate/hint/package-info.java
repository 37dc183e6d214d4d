/**
 * Reads from an answer what the server says of its quota: what is left, when there is more, what the request has cost.
 *
 * <p>Start at {@link io.penstock.rate.hint.RateHeaders}, which knows the header fields of the IETF draft and of the families of
 * APIs that have their own; a source can name others. {@link io.penstock.rate.hint.CostReader} reads what a request has cost
 * where only the answer tells, as with GraphQL.
 */
@NullMarked
package io.penstock.rate.hint;

import org.jspecify.annotations.NullMarked;
