package io.penstock.auth.broker;

import io.penstock.config.Secret;
import java.time.Duration;
import java.util.Optional;

/**
 * What an authorization server gave.
 *
 * @param accessToken what requests are sent with, of visible ASCII characters only
 * @param lifetime how long it is good, from before it was asked for; empty if the server did not say
 * @param refreshToken what the next one is asked for with; empty if the server gave no new one
 */
public record Issued(Secret accessToken, Optional<Duration> lifetime, Optional<Secret> refreshToken) {}
