/**
 * The one place where the mechanisms meet: limits, retries, credentials, transport, paging and decoding as one pipeline.
 *
 * <p>Start at {@link io.penstock.client.ApiClient}. Every request, whoever makes it, goes through the same composition
 * ({@link io.penstock.client.exchange}): retry around breaker around permit around credential around send, each try paying its
 * quota again. Requests are followed page by page with
 * {@code expand}, and nothing is fetched before somebody has asked for it.
 */
@NullMarked
package io.penstock.client;

import org.jspecify.annotations.NullMarked;
