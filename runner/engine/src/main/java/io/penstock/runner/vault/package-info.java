/**
 * Where credentials that change are kept for several processes, as a plan names it under {@code credentials}.
 *
 * <p>Start at {@link io.penstock.runner.vault.PlannedVault}. Without that part of a plan, credentials are kept by whoever runs it; the
 * command line has a folder for them.
 */
@NullMarked
package io.penstock.runner.vault;

import org.jspecify.annotations.NullMarked;
