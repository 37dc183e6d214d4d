/**
 * Sends requests and proves that answers are complete.
 *
 * <p>Start at {@link io.penstock.http.Transport}.
 */
@NullMarked
package io.penstock.http;

import org.jspecify.annotations.NullMarked;
