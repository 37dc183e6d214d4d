package io.penstock.auth;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Lets a person grant access. Safe for concurrent use. */
public interface Login {

    /**
     * Begins in a browser (RFC 6749, section 4.1, with PKCE of RFC 7636).
     *
     * @param redirect where the browser is sent back to, on this machine (RFC 8252, section 7.3)
     * @return errors with {@link io.penstock.error.BadConfig.ConfigError} if the credential is none of this kind
     */
    Mono<Visit> browser(URI redirect);

    /**
     * Begins on another device (RFC 8628).
     *
     * @return errors with {@link io.penstock.error.BadConfig.ConfigError} if the credential is none of this kind
     */
    Mono<DeviceVisit> device();

    /** One visit of a browser; good for one answer. */
    interface Visit {

        /** What to open. */
        URI url();

        /** Whether an answer is the one to this visit; another is none of its business. */
        boolean answeredBy(Map<String, String> answer);

        /**
         * Takes the query parameters that the browser brings back, and keeps the credential they lead to.
         *
         * @return completes once it is durable; errors with {@link io.penstock.error.AccessDenied} if the answer is not the
         *     one to this visit, or access was denied
         */
        Mono<Void> finish(Map<String, String> answer);
    }

    /**
     * One visit by another device.
     *
     * @param url what to open there
     * @param code what to type there
     * @param life how long it is good
     * @param finish asks until access is granted and keeps the credential; completes once it is durable
     */
    record DeviceVisit(URI url, String code, Duration life, Mono<Void> finish) {}
}
