package io.penstock.runner.host;

import io.penstock.client.ApiClient;
import java.net.URI;

/** Begins HTTP clients for sources, with transport and time already in them. Safe for concurrent use. */
@FunctionalInterface
public interface ClientFactory {

    /** A client in the making for {@code base}; the runner adds the connection's limits. */
    ApiClient.Builder at(URI base);
}
