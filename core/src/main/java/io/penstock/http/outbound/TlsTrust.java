package io.penstock.http.outbound;

import io.penstock.config.key.PemKeys;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * How the certificates of one origin are judged: more authorities than the machine's own, fewer keys than theirs, or both; and what
 * proves to it who we are.
 *
 * <p>Immutable. Dates, signatures and the host name are always checked; there is no way to turn that off.
 */
public final class TlsTrust {

    /** The machine's authorities, any key. */
    public static final TlsTrust MACHINE = new TlsTrust(List.of(), Set.of(), Optional.empty());

    private static final String PIN = "sha256/";
    private static final int PIN_BYTES = 32;

    private final List<X509Certificate> authorities;
    private final Set<String> pins;
    private final Optional<ClientCertificate> certificate;

    private TlsTrust(List<X509Certificate> authorities, Set<String> pins, Optional<ClientCertificate> certificate) {
        this.authorities = List.copyOf(authorities);
        this.pins = Set.copyOf(pins);
        this.certificate = certificate;
    }

    /** This trust with more authorities. */
    public TlsTrust authorities(List<X509Certificate> more) {
        return new TlsTrust(Stream.concat(authorities.stream(), more.stream()).toList(), pins, certificate);
    }

    /**
     * This trust with the authorities of a PEM file's text.
     *
     * @throws IllegalArgumentException if it holds no certificate, or something else
     */
    public TlsTrust pem(String text) {
        return authorities(PemKeys.certificates(text));
    }

    /**
     * This trust with a key that may vouch for the server besides those pinned before: its own, or one that has signed its
     * certificate. From the first pin on, no other key will do.
     *
     * @param pin {@code sha256/} and the SHA-256 of the key's SubjectPublicKeyInfo in Base64 (RFC 7469, section 2.4)
     * @throws IllegalArgumentException if it is none
     */
    public TlsTrust pin(String pin) {
        try {
            if (!pin.startsWith(PIN) || Base64.getDecoder().decode(pin.substring(PIN.length())).length != PIN_BYTES) {
                throw new IllegalArgumentException("not 32 bytes");
            }
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "a pin is sha256/ and 32 bytes in Base64, found '" + pin + "'", malformed);
        }
        Set<String> more = new HashSet<>(pins);
        more.add(pin.substring(PIN.length()));
        return new TlsTrust(authorities, more, certificate);
    }

    /** This trust with a certificate that proves who we are, for servers that ask (mutual TLS); it goes to no other origin. */
    public TlsTrust presenting(ClientCertificate ours) {
        return new TlsTrust(authorities, pins, Optional.of(ours));
    }

    /** What proves who we are, if anything. */
    public Optional<ClientCertificate> certificate() {
        return certificate;
    }

    /**
     * What judges certificates.
     *
     * @param instead authorities in place of the machine's own; none for those
     */
    public X509ExtendedTrustManager manager(List<X509Certificate> instead) {
        try {
            List<X509Certificate> known = new ArrayList<>(instead);
            if (instead.isEmpty()) {
                known.addAll(List.of(manager((KeyStore) null).getAcceptedIssuers()));
            }
            known.addAll(authorities);
            X509ExtendedTrustManager all = manager(store(known));
            return pins.isEmpty() ? all : new PinnedTrust(all, pins);
        } catch (GeneralSecurityException | IOException broken) {
            throw new IllegalStateException("this Java runtime cannot judge certificates", broken);
        }
    }

    private static KeyStore store(List<X509Certificate> certificates) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry("authority-" + i, certificates.get(i));
        }
        return store;
    }

    private static X509ExtendedTrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("no X.509 trust manager");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TlsTrust trust
                && trust.authorities.equals(authorities)
                && trust.pins.equals(pins)
                && trust.certificate.equals(certificate);
    }

    @Override
    public int hashCode() {
        return Objects.hash(authorities, pins, certificate);
    }

    @Override
    public String toString() {
        return "TlsTrust with " + authorities.size() + " authorities and " + pins.size() + " pins besides";
    }
}
