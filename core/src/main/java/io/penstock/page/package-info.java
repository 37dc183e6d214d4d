/**
 * Finds the next page.
 *
 * <p>Start at {@link io.penstock.page.Paging}.
 */
@NullMarked
package io.penstock.page;

import org.jspecify.annotations.NullMarked;
