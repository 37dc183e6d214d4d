/**
 * Keeps every request inside the quota of the API it goes to.
 *
 * <p>Start at {@link io.penstock.rate.Permits}.
 */
@NullMarked
package io.penstock.rate;

import org.jspecify.annotations.NullMarked;
