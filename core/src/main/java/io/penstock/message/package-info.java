/**
 * What the mechanisms pass to each other: requests, answers, origins, headers.
 *
 * <p>Start at {@link io.penstock.message.ApiRequest}. Values only, checked when they are made: a line break can never reach a
 * header, nor a user name a URL. No type of an HTTP library appears here.
 */
@NullMarked
package io.penstock.message;

import org.jspecify.annotations.NullMarked;
