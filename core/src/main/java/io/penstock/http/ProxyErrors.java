package io.penstock.http;

import io.netty.handler.proxy.ProxyConnectException;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.PenstockException;
import io.penstock.error.TryLater.NetworkError;
import io.penstock.error.TryLater.NetworkError.Step;
import io.penstock.message.ApiRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what a proxy has against a tunnel. The origin has seen nothing, so what may pass is tried again whatever the method. */
final class ProxyErrors {

    /** The library tells the status in words only. */
    private static final Pattern STATUS = Pattern.compile("status: (\\d{3})\\b");

    private static final int WANTS_LOGIN = 407;

    private ProxyErrors() {}

    /** The typed form of a refused tunnel; empty if no proxy is what failed. */
    static Optional<PenstockException> of(ApiRequest request, Throwable cause) {
        ProxyConnectException refused = NetworkErrors.find(ProxyConnectException.class, cause);
        return refused == null ? Optional.empty() : Optional.of(judge(request, status(refused)));
    }

    private static PenstockException judge(ApiRequest request, int status) {
        if (status == WANTS_LOGIN) {
            return new AuthError(
                    request + ": the proxy refuses the credentials (407): check user and password of the proxy");
        }
        if (status >= 400 && status < 500) {
            return new AuthError(request + ": the proxy opens no tunnel to " + request.origin() + " (" + status
                    + "): ask its operator to allow it");
        }
        String what = status > 0 ? "the proxy answered with " + status : "the proxy opened no tunnel";
        return new NetworkError(
                Step.CONNECT, request + ": " + what + ": is the proxy running, and is its address right?", null);
    }

    private static int status(ProxyConnectException refused) {
        Matcher found = STATUS.matcher(String.valueOf(refused.getMessage()));
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }
}
