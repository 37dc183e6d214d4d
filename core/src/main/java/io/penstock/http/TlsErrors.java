package io.penstock.http;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.penstock.error.AccessDenied.TlsError;
import io.penstock.error.PenstockException;
import io.penstock.error.TryLater.NetworkError;
import io.penstock.error.TryLater.NetworkError.Step;
import io.penstock.message.ApiRequest;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Says which check of a TLS handshake failed, and what mends it. */
final class TlsErrors {

    private static final String WANTED =
            "the server wants a client certificate that it trusts: name certificate and key under tls";

    /** What a server says of a client's certificate (RFC 8446, section 6.2). */
    private static final List<String> ALERTS = List.of(
            "certificate_required",
            "bad_certificate",
            "certificate_unknown",
            "certificate_expired",
            "certificate_revoked",
            "unknown_ca",
            "access_denied");

    private TlsErrors() {}

    /** Since TLS 1.3 a client learns only after it has sent its request that its certificate was refused. */
    static Optional<PenstockException> afterwards(ApiRequest request, Throwable cause) {
        return wantsAnotherClient(cause) ? Optional.of(new TlsError(request + ": " + WANTED, cause)) : Optional.empty();
    }

    private static boolean wantsAnotherClient(Throwable cause) {
        SSLException tls = NetworkErrors.find(SSLException.class, cause);
        return tls != null
                && text(tls).contains("received fatal alert")
                && ALERTS.stream().anyMatch(text(tls)::contains);
    }

    /** The typed form of a failed handshake; empty if TLS is not what failed. */
    static Optional<PenstockException> of(ApiRequest request, Throwable cause) {
        SSLException tls = NetworkErrors.find(SSLException.class, cause);
        if (tls == null) {
            return Optional.empty();
        }
        if (brokenOff(tls)) {
            return Optional.of(new NetworkError(
                    Step.CONNECT,
                    request + ": the TLS handshake was not finished: is " + request.origin() + " the right address?",
                    cause));
        }
        return Optional.of(new TlsError(request + ": " + reason(request, cause), cause));
    }

    private static boolean brokenOff(SSLException tls) {
        String text = text(tls);
        return tls instanceof SslHandshakeTimeoutException
                || brokenBelow(tls)
                || text.contains("connection closed while")
                || text.contains("closing inbound before receiving peer's close_notify");
    }

    /** Whether the socket failed, and not TLS. */
    private static boolean brokenBelow(SSLException tls) {
        int depth = 0;
        for (Throwable at = tls.getCause(); at != null && depth++ < 16; at = at.getCause()) {
            if (at instanceof IOException && !(at instanceof SSLException)) {
                return true;
            }
        }
        return false;
    }

    private static String reason(ApiRequest request, Throwable cause) {
        String host = request.origin().host();
        if (NetworkErrors.find(NotSslRecordException.class, cause) != null) {
            return "the server answers without TLS: write http:// if that is meant";
        }
        if (NetworkErrors.find(CertificateExpiredException.class, cause) != null) {
            return "the certificate has expired: the server's owner must renew it";
        }
        if (NetworkErrors.find(CertificateNotYetValidException.class, cause) != null) {
            return "the certificate is not valid yet: check this machine's clock";
        }
        if (NetworkErrors.find(CertPathBuilderException.class, cause) != null) {
            return "the certificate is signed by an authority this machine does not know:"
                    + " add that authority to the trust store";
        }
        if (wantsAnotherClient(cause)) {
            return WANTED;
        }
        CertificateException certificate = NetworkErrors.find(CertificateException.class, cause);
        if (certificate != null && text(certificate).contains("subject alternative")) {
            return "the certificate is for another host than " + host + ": check the host name";
        }
        if (certificate != null) {
            return "the certificate was refused: " + certificate.getMessage();
        }
        return cause instanceof SSLHandshakeException && text(cause).contains("protocol")
                ? "no common TLS version: the server must offer TLS 1.2 or 1.3"
                : "the TLS handshake failed: " + cause.getMessage();
    }

    private static String text(Throwable error) {
        String message = error.getMessage();
        return message == null ? "" : message.toLowerCase(Locale.ROOT);
    }
}
