package io.penstock.fuzz;

import io.penstock.http.outbound.Destinations;
import io.penstock.http.outbound.Outbound;
import io.penstock.message.ApiRequest;
import io.penstock.message.Method;
import io.penstock.message.Origin;
import java.net.URI;
import java.util.Set;

/** A client that may go to two places, and carries a secret. */
final class Traveller {

    static final URI BASE = URI.create("https://api.example.com/v2/orders?page=1");
    static final Origin TYPED = Origin.of(BASE);
    static final Origin ALLOWED = Origin.of(URI.create("https://cdn.example.com"));
    static final Destinations DESTINATIONS =
            Destinations.of(Set.of(TYPED), Outbound.builder().allow(ALLOWED).build());
    static final ApiRequest REQUEST = ApiRequest.of(Method.GET, BASE).header("Authorization", "Bearer secret");

    private Traveller() {}
}
