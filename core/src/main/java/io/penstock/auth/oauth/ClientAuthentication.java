package io.penstock.auth.oauth;

import io.penstock.auth.AuthMeans;
import io.penstock.auth.Proofs;
import io.penstock.config.Secret;
import io.penstock.message.ApiRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** How the client says who it is (RFC 6749, section 2.3). */
@FunctionalInterface
interface ClientAuthentication {

    /** The type of a JWT as client assertion (RFC 7523, section 2.2). */
    String JWT = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /** The form request that {@code form} makes at {@code url}, with the client's name and proof in it. */
    Mono<ApiRequest> request(URI url, Map<String, String> form, AuthMeans.Time time);

    /** What the request proves the client by; to be ready before it is made. */
    default Proofs proofs() {
        return Proofs.none();
    }

    /** Whether the same request may be sent twice; an assertion may not. */
    default boolean repeatable() {
        return true;
    }

    /** No proof: a client that cannot keep a secret, or one that has no name where an assertion says it all. */
    static ClientAuthentication none(String id) {
        return (url, form, time) ->
                Mono.fromSupplier(() -> Form.post(url, id.isEmpty() ? form : with(form, "client_id", id)));
    }

    /** {@code Authorization: Basic}, both parts form-encoded first. */
    static ClientAuthentication basic(String id, Secret secret) {
        return new BySecret(
                secret,
                (url, form, text) -> Form.post(url, form)
                        .header("Authorization", "Basic " + encoded(Form.encode(id) + ":" + Form.encode(text))));
    }

    private static String encoded(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** Both in the form. */
    static ClientAuthentication body(String id, Secret secret) {
        return new BySecret(
                secret, (url, form, text) -> Form.post(url, with(with(form, "client_id", id), "client_secret", text)));
    }

    /** A secret that the request holds. */
    record BySecret(Secret secret, Place place) implements ClientAuthentication {

        /** Puts a secret's text where it belongs. */
        interface Place {
            ApiRequest put(URI url, Map<String, String> form, String text);
        }

        @Override
        public Mono<ApiRequest> request(URI url, Map<String, String> form, AuthMeans.Time time) {
            return Mono.fromSupplier(() -> secret.reveal(text -> place.put(url, form, text)));
        }

        @Override
        public Proofs proofs() {
            return new Proofs(List.of(secret));
        }
    }

    /** A signed assertion, {@code private_key_jwt} of OpenID Connect. */
    static ClientAuthentication assertion(String id, AssertionMaker maker) {
        return new ClientAuthentication() {
            @Override
            public Mono<ApiRequest> request(URI url, Map<String, String> form, AuthMeans.Time time) {
                return maker.make(url, time)
                        .map(assertion -> assertion.reveal(text -> {
                            Map<String, String> all = with(with(form, "client_id", id), "client_assertion_type", JWT);
                            return Form.post(url, with(all, "client_assertion", text));
                        }));
            }

            @Override
            public Proofs proofs() {
                return maker.proofs();
            }

            @Override
            public boolean repeatable() {
                return false;
            }
        };
    }

    private static Map<String, String> with(Map<String, String> form, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(form);
        more.put(name, value);
        return more;
    }
}
