/**
 * Tells from a first answer how an API divides its lists and where its records are.
 *
 * <p>Start at {@link io.penstock.page.detect.PagingDetector} and {@link io.penstock.page.detect.RecordsDetector}. Both are pure
 * functions of one answer; what they find is a guess to be shown to people, who may say otherwise.
 */
@NullMarked
package io.penstock.page.detect;

import org.jspecify.annotations.NullMarked;
