/**
 * Which quota a request spends, where an API keeps several: by method and path.
 *
 * <p>Start at {@link io.penstock.rate.quota.Quotas}.
 */
@NullMarked
package io.penstock.rate.quota;

import org.jspecify.annotations.NullMarked;
