/**
 * The one place where plug-ins are found.
 *
 * <p>Start at {@link io.penstock.runner.catalogue.Catalogue}: what the service loader finds on the class path, each name once.
 * Nothing here, or anywhere else in the runner, knows a connector by name.
 */
@NullMarked
package io.penstock.runner.catalogue;

import org.jspecify.annotations.NullMarked;
