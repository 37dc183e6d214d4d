/**
 * Signs requests: HMAC by a template, and AWS Signature Version 4.
 *
 * <p>Start at {@link io.penstock.auth.sign.HmacSigning} or {@link io.penstock.auth.sign.AwsSignature}. Each is a pure function of the
 * request as it is about to be sent and the time; the time is handed in, and what is signed is never shown.
 */
@NullMarked
package io.penstock.auth.sign;

import org.jspecify.annotations.NullMarked;
