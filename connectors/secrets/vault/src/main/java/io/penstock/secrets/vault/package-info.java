/**
 * Secrets from HashiCorp Vault, KV version 2: {@code ${vault:path#key}}.
 *
 * <p>Start at {@link io.penstock.secrets.vault.VaultProvider}. It speaks Vault's HTTP API with Penstock's own client: no SDK, no thread
 * of its own, no waiting that is not Reactor's.
 */
@NullMarked
package io.penstock.secrets.vault;

import org.jspecify.annotations.NullMarked;
