/**
 * How a person grants access: in a browser on this machine, or on another device.
 *
 * <p>Start at {@link io.penstock.cli.login.CodeListener}. What is granted is kept in {@link io.penstock.cli.login.CredentialFolder}
 * and never shown.
 */
@NullMarked
package io.penstock.cli.login;

import org.jspecify.annotations.NullMarked;
