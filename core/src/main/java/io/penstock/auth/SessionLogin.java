package io.penstock.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.config.Problems;
import io.penstock.config.Secret;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import io.penstock.message.Method;
import io.penstock.message.PathText;
import io.penstock.record.Pointer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How to log in: what is posted where, where the answer has the token, and where requests carry it. Immutable and safe for
 * concurrent use; shows no secret.
 */
public final class SessionLogin implements Credential {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI url;
    private final Map<String, String> fields;
    private final Map<String, Secret> secrets;
    private final boolean form;
    private final Function<ApiResponse, Optional<String>> token;
    private final String tokenPlace;
    private final Placement placement;
    private final Optional<Duration> lifetime;

    private SessionLogin(Builder from) {
        this.url = from.url;
        this.fields = new LinkedHashMap<>(from.fields);
        this.secrets = new LinkedHashMap<>(from.secrets);
        this.form = from.form;
        this.token = from.token;
        this.tokenPlace = from.tokenPlace;
        this.placement = from.placement;
        this.lifetime = from.lifetime;
    }

    /** Begins a login at {@code url}, which must be of the API's own origin or one that a person typed. */
    public static Builder at(URI url) {
        return new Builder(url);
    }

    /**
     * A session: logs in when first needed, once for all who wait, and again when the server refuses it with 401 or its lifetime is
     * over; because of a refusal at most once a minute.
     *
     * <p>A login that is refused with 401 or 403 is sent once more if its secrets, read again, are others. If it fails all the same,
     * everybody who waits and all later requests share the failure: no login follows for 5 s, doubling up to 80 s, and after 401 or
     * 403 none before a secret has changed, so that no account is locked.
     */
    @Override
    public Authenticator open(AuthMeans means) {
        return new SessionAuth(this, means);
    }

    /** What may be shown to tell it from another. */
    String identity() {
        return url.getHost() + url.getPath() + " " + fields.values() + " "
                + secrets.values().stream().map(Secret::identity).collect(Collectors.joining(" "));
    }

    String fingerprint() {
        return identity() + " "
                + secrets.values().stream().map(Secret::fingerprint).collect(Collectors.joining(" "));
    }

    /** What it proves itself by. */
    Proofs proofs() {
        return new Proofs(List.copyOf(secrets.values()));
    }

    Placement placement() {
        return placement;
    }

    Optional<Duration> lifetime() {
        return lifetime;
    }

    /** The login as it is sent, secrets in it. */
    ApiRequest request() {
        Map<String, String> body = new LinkedHashMap<>(fields);
        secrets.forEach((name, secret) -> body.put(name, secret.reveal(text -> text)));
        ApiRequest bare = ApiRequest.of(Method.POST, url).idempotent().verbatim();
        return form
                ? bare.body("application/x-www-form-urlencoded", form(body).getBytes(StandardCharsets.UTF_8))
                : bare.body("application/json", json(body));
    }

    private static String form(Map<String, String> body) {
        return body.entrySet().stream()
                .map(field -> PathText.encode(field.getKey()) + "=" + PathText.encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static byte[] json(Map<String, String> body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("texts can be written as JSON");
        }
    }

    Optional<String> token(ApiResponse answer) {
        return token.apply(answer);
    }

    String tokenPlace() {
        return tokenPlace;
    }

    @Override
    public String toString() {
        return "login at " + url.getHost() + url.getPath();
    }

    /** Gathers what a login needs; setters only store, {@link #build} judges. For one thread. */
    public static final class Builder {

        private final URI url;
        private final Map<String, String> fields = new LinkedHashMap<>();
        private final Map<String, Secret> secrets = new LinkedHashMap<>();
        private boolean form;
        private Function<ApiResponse, Optional<String>> token = answer -> Optional.empty();
        private String tokenPlace = "";
        private Placement placement = Placement.bearer();
        private Optional<Duration> lifetime = Optional.empty();

        private Builder(URI url) {
            this.url = url;
        }

        /** A field that may be seen, such as the user name. */
        public Builder field(String name, String value) {
            fields.put(name, value);
            return this;
        }

        /** A field that may not, such as the password. */
        public Builder field(String name, Secret value) {
            secrets.put(name, value);
            return this;
        }

        /** Posts the fields as a form; default as a JSON object. */
        public Builder asForm() {
            form = true;
            return this;
        }

        /** The answer's JSON has the token here, such as {@code /data/token}. */
        public Builder tokenAt(Pointer pointer) {
            tokenPlace = "at " + pointer;
            token = answer -> text(answer.body(), pointer);
            return this;
        }

        /** The answer has the token in this header. */
        public Builder tokenInHeader(String name) {
            tokenPlace = "in the header " + name;
            token = answer -> answer.headers().first(name);
            return this;
        }

        /** The answer sets this cookie, whose value is the token; requests carry it as the same cookie unless {@link #sentAs} says else. */
        public Builder tokenInCookie(String name) {
            tokenPlace = "in the cookie " + name;
            token = answer -> answer.headers().all("Set-Cookie").stream()
                    .flatMap(line -> Placement.cookie(line.split(";", 2)[0], name).stream())
                    .findFirst();
            placement = Placement.cookie(name);
            return this;
        }

        /** Where requests carry the token; default {@code Authorization: Bearer}, or the cookie it came as. */
        public Builder sentAs(Placement place) {
            placement = place;
            return this;
        }

        /** How long a session holds; default until the server refuses it. */
        public Builder lifetime(Duration length) {
            lifetime = Optional.of(length);
            return this;
        }

        private static Optional<String> text(byte[] body, Pointer pointer) {
            try {
                JsonNode value = JSON.readTree(body).at(pointer.toString());
                return value.isTextual() || value.isNumber() ? Optional.of(value.asText()) : Optional.empty();
            } catch (IOException notJson) {
                return Optional.empty();
            }
        }

        /**
         * Judges everything together.
         *
         * @throws ConfigError naming everything that is missing or out of range
         */
        public SessionLogin build() {
            Problems problems = new Problems();
            problems.require(
                    !tokenPlace.isEmpty(),
                    "token",
                    "say where the answer has it: a JSON Pointer, a header or a cookie");
            problems.require(!secrets.isEmpty(), "secrets", "is empty: a login proves itself by at least one secret");
            problems.require(
                    lifetime.isEmpty() || lifetime.get().compareTo(Duration.ofSeconds(1)) >= 0,
                    "lifetime",
                    "expected 1s or more");
            problems.throwIfAny("the session login");
            return new SessionLogin(this);
        }
    }
}
