package io.penstock.testkit.vault;

import io.penstock.config.Secret;
import io.penstock.store.Vault;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/** What the user of a vault's contract implements. */
public interface VaultHooks {

    /** How long one step of a test may take. */
    Duration LIMIT = Duration.ofSeconds(30);

    /** The key of all processes but one. */
    Secret KEY = Secret.of(Base64.getEncoder().encodeToString(new byte[32]));

    /** Numbers what tests keep, so that they do not meet. */
    AtomicInteger NUMBERS = new AtomicInteger();

    /** The place as a first process sees it. */
    Vault here(Secret key);

    /** The same place as another process sees it: nothing in memory is shared with {@link #here}. */
    Vault there(Secret key);

    /** A name that nothing is kept under. */
    static String unused() {
        return "contract-" + NUMBERS.incrementAndGet();
    }
}
