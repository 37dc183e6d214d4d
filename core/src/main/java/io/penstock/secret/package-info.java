/**
 * Where secrets come from when neither a variable nor a file holds them.
 *
 * <p>Start at {@link io.penstock.secret.SecretStoreProvider}. A store only reads: how long a value is kept, when it is read again and
 * that no text shows it is seen to by whoever opens the store.
 */
@NullMarked
package io.penstock.secret;

import org.jspecify.annotations.NullMarked;
