package io.penstock.auth.oauth;

import io.penstock.auth.AuthMeans;
import io.penstock.auth.Authenticator;
import io.penstock.auth.Credential;
import io.penstock.auth.Login;
import io.penstock.auth.broker.Broker;
import io.penstock.auth.broker.KeptCredential;
import io.penstock.auth.broker.TokenIssuer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An OAuth 2.0 client and what it asks access for: a {@link Credential} that requests are sent with.
 *
 * <pre>{@code
 * ApiClient.at("https://api.example.com")
 *         .auth(OAuth.with(Grant.CLIENT_CREDENTIALS)
 *                 .tokenUrl(URI.create("https://login.example.com/token"))
 *                 .client("reports", Secret.env("CLIENT_SECRET"))
 *                 .scopes(List.of("read"))
 *                 .build())
 * }</pre>
 *
 * <p>Immutable, safe for concurrent use. {@link #open} sends nothing; the first request asks for the first token.
 */
public final class OAuth implements Credential {

    private final OAuthTerms terms;

    OAuth(OAuthTerms terms) {
        this.terms = terms;
    }

    /** Begins a client that gets its tokens by {@code grant}. */
    public static OAuthBuilder with(Grant grant) {
        return new OAuthBuilder(grant);
    }

    @Override
    public Authenticator open(AuthMeans means) {
        Discovery discovery = new Discovery(terms.server(), terms.issuer(), means.sender());
        TokenEndpoint tokens = new TokenEndpoint(discovery, terms, means);
        String name =
                "oauth-" + digest(means.owner() + "\n" + terms.place() + "\n" + terms.clientId() + "\n" + terms.name());
        String identity = "oauth2 " + name;
        if (!terms.grant().kept()) {
            return granted(Broker.of(identity, own(tokens), means), Optional.empty());
        }
        KeptCredential entry = new KeptCredential(means, name, terms.refreshToken(), mend(means));
        Broker broker = Broker.of(identity, byRefreshToken(tokens), entry, means);
        return granted(
                broker,
                terms.grant().personal()
                        ? Optional.of(new PersonalLogin(terms, discovery, tokens, entry, means))
                        : Optional.empty());
    }

    private Authenticator granted(Broker broker, Optional<Login> login) {
        return new GrantedAccess(broker, terms.scopes(), login);
    }

    private String mend(AuthMeans means) {
        return terms.grant().personal()
                ? "run penstock login PLAN.yaml --connection " + means.owner()
                        + (terms.grant() == Grant.DEVICE ? " --device" : "")
                : "give a new refresh_token";
    }

    private TokenIssuer own(TokenEndpoint tokens) {
        if (terms.grant() == Grant.CLIENT_CREDENTIALS) {
            Map<String, String> form = form("client_credentials");
            return (none, going) -> ByAssertion.notPersonal(tokens.ask(form, true, going));
        }
        return new ByAssertion(tokens, terms.assertion().orElseThrow(), form(ByAssertion.GRANT));
    }

    private Map<String, String> form(String grant) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", grant);
        if (!terms.scopes().isEmpty()) {
            form.put("scope", String.join(" ", terms.scopes()));
        }
        terms.audience().ifPresent(audience -> form.put("audience", audience));
        form.putAll(terms.params());
        return form;
    }

    /** The scope is left out: then it is that of the first grant (RFC 6749, section 6). */
    private TokenIssuer byRefreshToken(TokenEndpoint tokens) {
        return (refreshToken, going) -> refreshToken.orElseThrow().reveal(text -> {
            Map<String, String> form = new LinkedHashMap<>();
            form.put("grant_type", "refresh_token");
            form.put("refresh_token", text);
            form.putAll(terms.params());
            return tokens.ask(form, false, going);
        });
    }

    private static String digest(String text) {
        try {
            byte[] all = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(all, 0, 16);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Where tokens come from, for people: an issuer or a host. */
    @Override
    public String toString() {
        return "OAuth 2.0 by " + terms.place();
    }
}
