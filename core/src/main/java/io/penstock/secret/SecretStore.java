package io.penstock.secret;

import reactor.core.publisher.Mono;

/** A place where secrets are kept, opened for one plan. Safe for concurrent use. */
public interface SecretStore extends AutoCloseable {

    /**
     * Reads one secret as it is now.
     *
     * <p>Cold: it MUST ask the store anew for each subscription, keep no copy, give up within half a minute, and never be empty.
     * Errors with {@link io.penstock.error.BadConfig.SecretMissing} only, which MUST name the reference and what mends it, and MUST
     * NOT hold any part of a secret.
     *
     * @param name what stands behind the scheme in {@code ${scheme:name}}
     */
    Mono<String> read(String name);

    /** Lets go of what it holds; idempotent, never blocks. */
    @Override
    void close();
}
