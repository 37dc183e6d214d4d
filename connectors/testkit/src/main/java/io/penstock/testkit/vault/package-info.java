/**
 * What every place must hold that keeps credentials for several processes, as tests.
 *
 * <p>Start at {@link io.penstock.testkit.vault.VaultContract}.
 */
@NullMarked
package io.penstock.testkit.vault;

import org.jspecify.annotations.NullMarked;
