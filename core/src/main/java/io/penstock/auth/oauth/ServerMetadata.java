package io.penstock.auth.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.error.BadAnswer.ProtocolError;
import io.penstock.message.Origin;
import java.net.URI;
import java.util.Optional;

/**
 * Where an authorization server is spoken to.
 *
 * @param issuer its name, if it is known by one
 * @param token the token endpoint, if known
 * @param authorization where a browser goes, if known
 * @param device where a device begins, if known
 * @param namesItself whether it says who it is when it sends a browser back (RFC 9207)
 */
record ServerMetadata(
        Optional<String> issuer,
        Optional<URI> token,
        Optional<URI> authorization,
        Optional<URI> device,
        boolean namesItself) {

    /**
     * What a metadata document says (RFC 8414, section 3.2; OpenID Connect Discovery, section 4).
     *
     * @throws ProtocolError if it is of another issuer, or sends a credential to another origin or out of TLS
     */
    static ServerMetadata of(JsonNode document, URI issuer) {
        String what = "the metadata of " + Origin.of(issuer);
        String name = ServerJson.text(document, "issuer").orElse("");
        if (!name.equals(issuer.toString())) {
            throw new ProtocolError(
                    what + " is of another issuer than the plan's: write issuer exactly as it calls itself"
                            + (name.equals(issuer + "/") ? ", with a slash at its end" : ""));
        }
        return new ServerMetadata(
                Optional.of(name),
                endpoint(document, "token_endpoint", what).map(url -> atHome(url, issuer, "token_url")),
                endpoint(document, "authorization_endpoint", what),
                endpoint(document, "device_authorization_endpoint", what).map(url -> atHome(url, issuer, "device_url")),
                document.path("authorization_response_iss_parameter_supported").asBoolean(false));
    }

    private static Optional<URI> endpoint(JsonNode document, String name, String what) {
        return ServerJson.text(document, name).map(text -> {
            try {
                return requireSafe(URI.create(text));
            } catch (IllegalArgumentException unfit) {
                throw new ProtocolError(what + " has an unfit " + name + ": expected an https URL", unfit);
            }
        });
    }

    private static URI atHome(URI url, URI issuer, String setting) {
        if (!Origin.of(url).equals(Origin.of(issuer))) {
            throw new ProtocolError("the metadata of " + Origin.of(issuer) + " leads to another origin, "
                    + Origin.of(url) + ": if credentials are meant to go there, write that URL as " + setting);
        }
        return url;
    }

    /**
     * A URL that a credential may be sent to: over TLS, or to this machine.
     *
     * @throws IllegalArgumentException if it is not, or has a fragment
     */
    static URI requireSafe(URI url) {
        Origin origin = Origin.of(url);
        if (!origin.confidential()) {
            throw new IllegalArgumentException(
                    "credentials are sent over TLS only: expected an https URL, found " + origin);
        }
        if (url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "a URL of an authorization server has no fragment: remove what begins with #");
        }
        return url;
    }

    /** These, and what a person wrote, which counts more. */
    ServerMetadata under(ServerMetadata written) {
        return new ServerMetadata(
                issuer,
                written.token.or(() -> token),
                written.authorization.or(() -> authorization),
                written.device.or(() -> device),
                namesItself);
    }
}
