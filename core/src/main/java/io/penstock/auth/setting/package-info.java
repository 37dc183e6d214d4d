/**
 * What a plan says of a credential, for every source that talks HTTP.
 *
 * <p>Start at {@link io.penstock.auth.setting.AuthSettings}: its type reads one mapping and makes a
 * {@link io.penstock.auth.Credential}. Everything that can be judged without asking anybody is judged when the plan is read.
 */
@NullMarked
package io.penstock.auth.setting;

import org.jspecify.annotations.NullMarked;
