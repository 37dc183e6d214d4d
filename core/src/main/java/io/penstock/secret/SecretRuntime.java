package io.penstock.secret;

import io.penstock.client.ApiClient;
import io.penstock.config.Secret;
import java.net.URI;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.scheduler.Scheduler;

/**
 * What a secret store is handed, because it must not create it itself.
 *
 * @param client begins a client of a base URL, with transport and time already in it
 * @param timer clock and timer of all waits
 * @param hide takes a secret that came up while the store was used, such as a session's token, so that no text shows it
 */
public record SecretRuntime(Function<URI, ApiClient.Builder> client, Scheduler timer, Consumer<Secret> hide) {}
