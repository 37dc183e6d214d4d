package io.penstock.http;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.resolver.dns.DnsNameResolverException;
import io.penstock.error.BadAnswer.LimitExceeded;
import io.penstock.error.BadAnswer.ProtocolError;
import io.penstock.error.PenstockException;
import io.penstock.error.TryLater.NetworkError;
import io.penstock.error.TryLater.NetworkError.Step;
import io.penstock.error.TryLater.TruncatedResponse;
import io.penstock.http.Timeouts.Wait;
import io.penstock.message.ApiRequest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.AbortedException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;
import reactor.netty.internal.shaded.reactor.pool.PoolShutdownException;

/** The one table from what the network library throws to what Penstock knows. */
final class NetworkErrors {

    private NetworkErrors() {}

    /** Gives a failure its type. */
    static PenstockException of(ApiRequest request, Watch watch, Throwable error) {
        Throwable cause = error instanceof DecoderException && error.getCause() != null ? error.getCause() : error;
        PenstockException known = find(PenstockException.class, cause);
        if (known != null) {
            return known;
        }
        if (watch.isAnswered()) {
            return whileReading(request, cause);
        }
        PenstockException proxy = ProxyErrors.of(request, cause).orElse(null);
        if (proxy != null) {
            return proxy; // the library takes a request as written while the proxy still thinks about its tunnel
        }
        return watch.isSent()
                ? TlsErrors.afterwards(request, cause).orElseGet(() -> whileWaiting(request, cause))
                : whileConnecting(request, cause);
    }

    private static PenstockException whileReading(ApiRequest request, Throwable cause) {
        if (cause instanceof IOException || cause instanceof SSLException) {
            return new TruncatedResponse(
                    request + ": the connection broke before the end of the body; the page is asked for again", cause);
        }
        return unframed(request, cause);
    }

    private static PenstockException whileWaiting(ApiRequest request, Throwable cause) {
        if (cause instanceof AbortedException && !(cause.getCause() instanceof IOException)) {
            return connect(request, "the kept connection was closed before the request was written", cause);
        }
        if (cause instanceof IOException
                || cause instanceof AbortedException
                || cause instanceof PrematureChannelClosureException) {
            return new NetworkError(
                    Step.RESET, request + ": the server closed the connection without an answer", cause);
        }
        return unframed(request, cause);
    }

    private static PenstockException unframed(ApiRequest request, Throwable cause) {
        if (cause instanceof TooLongFrameException) {
            return new LimitExceeded(
                    request + ": the header section is larger than header_line or header_block allows", cause);
        }
        return new ProtocolError(
                request + ": the server does not speak HTTP/1.1 as it is defined: " + shown(cause)
                        + "; is this the right port?",
                cause);
    }

    /** What the codec says may quote the peer: one short printable line of it. */
    private static String shown(Throwable cause) {
        String text = String.valueOf(cause.getMessage()).replaceAll("[^\\x20-\\x7E]", "?");
        return text.length() > 100 ? text.substring(0, 100) + "..." : text;
    }

    private static PenstockException whileConnecting(ApiRequest request, Throwable cause) {
        UnknownHostException unknown = find(UnknownHostException.class, cause);
        if (unknown != null || find(DnsNameResolverException.class, cause) != null) {
            return new NetworkError(
                    Step.DNS,
                    request + ": the name " + request.origin().host()
                            + " was not resolved: check the host name and the " + "name server",
                    cause);
        }
        if (cause instanceof PoolAcquireTimeoutException || cause instanceof PoolAcquirePendingLimitException) {
            return new NetworkError(
                    Step.POOL, request + ": no local connection became free: lower the concurrency", cause);
        }
        if (cause instanceof PoolShutdownException) {
            return new NetworkError(Step.POOL, request + ": the transport is closed", cause);
        }
        return TlsErrors.of(request, cause).orElseGet(() -> refused(request, cause));
    }

    private static PenstockException refused(ApiRequest request, Throwable cause) {
        if (cause instanceof ConnectException || cause instanceof SocketException) {
            boolean late = cause instanceof ConnectTimeoutException;
            return connect(request, late ? "the server did not answer in time" : "the connection was refused", cause);
        }
        if (cause instanceof ClosedChannelException
                || cause instanceof IOException
                || cause instanceof AbortedException) {
            return connect(request, "the connection broke before the request was sent", cause);
        }
        return connect(request, "no connection", cause);
    }

    private static NetworkError connect(ApiRequest request, String what, @Nullable Throwable cause) {
        return new NetworkError(
                Step.CONNECT,
                request + ": " + what + ": is the server running, and is " + request.origin() + " the right address?",
                cause);
    }

    /** A deadline of ours has passed. */
    static PenstockException late(ApiRequest request, Watch watch, Wait wait) {
        if (!watch.isSent()) {
            return connect(request, "no connection within the deadlines for pool, connecting and TLS", null);
        }
        String what = switch (wait) {
            case RESPONSE_HEADERS -> "no answer began within the deadline response_headers";
            case BODY_IDLE -> "no byte of the body came within the deadline body_idle";
            case BODY_MIN_RATE -> "the body comes slower than " + Timeouts.MIN_RATE + " bytes a second";
            default -> "the answer was not complete within the deadline attempt";
        };
        return new NetworkError(
                Step.TIMEOUT,
                request + ": " + what + ": ask for smaller pages, or raise limits.timeouts."
                        + wait.name().toLowerCase(Locale.ROOT),
                new TimeoutException());
    }

    static <T extends Throwable> @Nullable T find(Class<T> type, Throwable from) {
        int depth = 0;
        for (Throwable at = from; at != null && depth++ < 16; at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }
}
