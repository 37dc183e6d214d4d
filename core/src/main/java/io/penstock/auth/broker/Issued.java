package io.penstock.auth.broker;

import io.penstock.config.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an authorization server gave.
 *
 * @param accessToken what requests are sent with, of visible ASCII characters only
 * @param lifetime how long it is good, from before it was asked for; empty if the server did not say
 * @param refreshToken what the next one is asked for with; empty if the server gave no new one
 * @param scopes what it is good for; empty if that is not known, or the same as before
 */
public record Issued(
        Secret accessToken, Optional<Duration> lifetime, Optional<Secret> refreshToken, List<String> scopes) {

    /** Copies the scopes. */
    public Issued {
        scopes = List.copyOf(scopes);
    }

    /** One of which it is not known what it is good for. */
    public Issued(Secret accessToken, Optional<Duration> lifetime, Optional<Secret> refreshToken) {
        this(accessToken, lifetime, refreshToken, List.of());
    }

    /** This one, good for {@code known}. */
    public Issued scoped(List<String> known) {
        return new Issued(accessToken, lifetime, refreshToken, known);
    }
}
