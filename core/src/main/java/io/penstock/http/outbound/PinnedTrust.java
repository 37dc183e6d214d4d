package io.penstock.http.outbound;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Wants a pinned key among those that vouch for the server, after everything else has been found good.
 *
 * <p>A server may send any certificate along, so only those count from which a chain of signatures leads down to its own.
 */
final class PinnedTrust extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager all;
    private final Set<String> pins;

    PinnedTrust(X509ExtendedTrustManager all, Set<String> pins) {
        this.all = all;
        this.pins = pins;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        all.checkServerTrusted(chain, type, engine);
        requirePin(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        all.checkServerTrusted(chain, type, socket);
        requirePin(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        all.checkServerTrusted(chain, type);
        requirePin(chain);
    }

    private void requirePin(X509Certificate[] chain) throws CertificateException {
        int last = 0;
        while (!pinned(chain[last])) {
            if (last + 1 < chain.length && signed(chain[last], chain[last + 1])) {
                last++;
            } else if (signedByPinnedAuthority(chain[last])) {
                return;
            } else {
                throw new CertificateException(
                        "its key is none of those pinned for this server: if the server has a new"
                                + " key, ask its owner and change the pins");
            }
        }
    }

    /** Servers leave out the authority itself: it is known here. */
    private boolean signedByPinnedAuthority(X509Certificate last) {
        return Arrays.stream(all.getAcceptedIssuers()).anyMatch(root -> pinned(root) && signed(last, root));
    }

    private boolean pinned(X509Certificate certificate) {
        try {
            byte[] key = certificate.getPublicKey().getEncoded();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
            return pins.contains(Base64.getEncoder().encodeToString(digest));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static boolean signed(X509Certificate certificate, X509Certificate by) {
        if (by.getBasicConstraints() < 0
                || !certificate.getIssuerX500Principal().equals(by.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(by.getPublicKey());
            return true;
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        all.checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        all.checkClientTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        all.checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return all.getAcceptedIssuers();
    }
}
