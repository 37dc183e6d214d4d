package io.penstock.http.outbound;

import io.penstock.config.Config;
import io.penstock.config.Secret;
import io.penstock.config.Setting;
import io.penstock.config.Type;
import io.penstock.config.Types;
import io.penstock.message.Origin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a plan says of places besides the API's own, of certificates and of a proxy; for every source that talks HTTP. */
public final class OutboundSettings {

    private static final Setting<Origin> TRUST_ORIGIN = Setting.optional(
            "origin", "The origin whose certificates are judged so; that of base_url by default.", origin());
    private static final Setting<String> CA = Setting.optional(
            "ca",
            "Authorities to trust besides the machine's own: a PEM file, or its text by ${file:...}.",
            Types.text());
    private static final Setting<List<String>> PINS = Setting.of(
            "pins",
            "Keys of which one must be the server's or have signed its certificate: sha256/ and the digest of the key in Base64.",
            Types.listOf(Types.text()),
            List.of());
    private static final Setting<String> CERTIFICATE = Setting.optional(
            "certificate",
            "What proves who we are to a server that asks (mutual TLS): a PEM file of our certificate and those that signed it, or"
                    + " its text by ${file:...}. Goes with key.",
            Types.text());
    private static final Setting<Secret> KEY = Setting.optional(
            "key",
            "The private key of certificate: PEM text in PKCS#8 form, such as ${file:client.key}.",
            Types.secret());
    private static final Setting<ProxyServer> PROXY_URL = Setting.required(
            "url",
            "Where it is, such as http://proxy.example.com:3128.",
            Types.parsed("URL of a proxy", ProxyServer::at));
    private static final Setting<String> PROXY_USER = Setting.optional("user", "The user name it wants.", Types.text());
    private static final Setting<Secret> PROXY_PASSWORD =
            Setting.optional("password", "The password it wants.", Types.secret());

    private static final Setting<List<Origin>> ALLOWED_ORIGINS = Setting.of(
            "allowed_origins",
            "Other origins that next links and redirects may lead to, such as https://cdn.example.com; "
                    + "neither credentials nor bodies go there.",
            Types.listOf(origin()),
            List.of());
    private static final Setting<List<Origin>> ALLOW_HTTP = Setting.of(
            "allow_http",
            "As allowed_origins, for origins without TLS, such as http://files.example.com.",
            Types.listOf(origin()),
            List.of());
    private static final Setting<List<Cidr>> ALLOW_PRIVATE = Setting.of(
            "allow_private",
            "Blocks of private addresses that allowed origins may lie in, such as 10.0.0.0/8.",
            Types.listOf(Types.parsed("block of addresses such as 10.0.0.0/8", Cidr::of)),
            List.of());
    private static final Setting<List<Trust>> TLS = Setting.of(
            "tls",
            "How certificates are judged, where that differs from the machine's way: ca, a PEM file of authorities to trust besides;"
                    + " pins, sha256/... digests of the only keys that will do; origin, if not that of base_url; certificate and key, to"
                    + " prove who we are. One such mapping or a list.",
            Types.listOf(Types.object(List.of(TRUST_ORIGIN, CA, PINS, CERTIFICATE, KEY), OutboundSettings::trust)),
            List.of());
    private static final Setting<ProxyServer> PROXY = Setting.optional(
            "proxy",
            "What all requests go through. It resolves the names, so it must refuse private addresses itself.",
            Types.object(List.of(PROXY_URL, PROXY_USER, PROXY_PASSWORD), OutboundSettings::proxy));

    /** All of them, to be declared among a source's own. */
    public static final List<Setting<?>> ALL = List.of(ALLOWED_ORIGINS, ALLOW_HTTP, ALLOW_PRIVATE, TLS, PROXY);

    private OutboundSettings() {}

    /** How the certificates of one origin, or of the API's own, are judged. */
    private record Trust(Optional<Origin> origin, TlsTrust how) {}

    private static Type<Origin> origin() {
        return Types.parsed("origin such as https://cdn.example.com", text -> Origin.of(URI.create(text)));
    }

    private static Trust trust(Config tls) {
        TlsTrust how = TlsTrust.MACHINE;
        if (tls.has(CA)) {
            how = how.pem(pem(tls.value(CA)));
        }
        for (String pin : tls.value(PINS)) {
            how = how.pin(pin);
        }
        if (tls.has(CERTIFICATE) != tls.has(KEY)) {
            throw new IllegalArgumentException("certificate and key go together: "
                    + (tls.has(KEY)
                            ? "name the certificate of the key"
                            : "name its private key, such as ${file:client.key}"));
        }
        if (tls.has(KEY)) {
            how = how.presenting(ClientCertificate.of(pem(tls.value(CERTIFICATE)), tls.value(KEY)));
        }
        if (how.equals(TlsTrust.MACHINE)) {
            throw new IllegalArgumentException("expected ca, pins, or certificate and key, found none of them");
        }
        return new Trust(tls.optional(TRUST_ORIGIN), how);
    }

    private static String pem(String textOrFile) {
        if (textOrFile.stripLeading().startsWith("-----BEGIN")) {
            return textOrFile;
        }
        try {
            return Files.readString(Path.of(textOrFile));
        } catch (IOException | InvalidPathException unreadable) {
            throw new IllegalArgumentException("the PEM file " + textOrFile + " cannot be read", unreadable);
        }
    }

    private static ProxyServer proxy(Config proxy) {
        if (proxy.has(PROXY_USER) != proxy.has(PROXY_PASSWORD)) {
            throw new IllegalArgumentException("user and password of a proxy go together");
        }
        return proxy.has(PROXY_USER)
                ? proxy.value(PROXY_URL).login(proxy.value(PROXY_USER), proxy.value(PROXY_PASSWORD))
                : proxy.value(PROXY_URL);
    }

    /**
     * The rules of a client of {@code base}.
     *
     * @throws io.penstock.error.BadConfig.ConfigError naming everything that could never hold
     */
    public static Outbound rules(Config config, URI base) {
        Outbound.Builder rules = Outbound.builder();
        config.value(ALLOWED_ORIGINS).forEach(rules::allow);
        config.value(ALLOW_HTTP).forEach(rules::allowHttp);
        config.value(ALLOW_PRIVATE).forEach(rules::allowPrivate);
        config.value(TLS).forEach(trust -> rules.trust(trust.origin().orElseGet(() -> Origin.of(base)), trust.how()));
        config.optional(PROXY).ifPresent(rules::proxy);
        return rules.build();
    }
}
