/**
 * Finds the next page.
 *
 * <p>Start at {@link io.penstock.page.Paging}: its factories make every style, each a pure function from a page that was read
 * to the token of the next. {@link io.penstock.page.LoopGuard} keeps watch over a walk. Where
 * nobody has said how an API divides its lists, {@link io.penstock.page.detect.PagingDetector} and
 * {@link io.penstock.page.detect.RecordsDetector} tell from a first answer.
 *
 * <p>Knows words only ({@code record}, {@code message}, {@code error}); sends nothing, waits for nothing. Links that came from
 * a peer leave as {@link io.penstock.message.ApiRequest#derived() derived} requests.
 */
@NullMarked
package io.penstock.page;

import org.jspecify.annotations.NullMarked;
