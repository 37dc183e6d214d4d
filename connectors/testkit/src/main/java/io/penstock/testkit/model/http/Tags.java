package io.penstock.testkit.model.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.penstock.testkit.model.data.Dataset;
import io.penstock.testkit.model.endpoint.Call;
import io.penstock.testkit.model.endpoint.Reply;
import io.penstock.testkit.model.record.Draw;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Strong entity tags (RFC 9110, section 8.8.3). One follows from the request and from all that the answer depends on, so
 * that a page which has not changed is known before it is written.
 */
final class Tags {

    private final Dataset data;

    Tags(Dataset data) {
        this.data = data;
    }

    /** Answers 304 to a GET whose tag still holds, and otherwise gives the answer its tag. */
    Mono<Reply> checked(Call call, HttpServerRequest request, Supplier<Mono<Reply>> answer) {
        if (!call.method().equals("GET")) {
            return Mono.defer(answer);
        }
        String tag = tag(call, request.uri());
        if (holds(tag, request.requestHeaders().get(HttpHeaderNames.IF_NONE_MATCH))) {
            return Mono.just(Reply.empty(304).with("ETag", tag));
        }
        return Mono.defer(answer).map(reply -> reply.status() == 200 ? reply.with("ETag", tag) : reply);
    }

    private String tag(Call call, String uri) {
        long state = Draw.mix(data.seed(), call.revision(), data.edits().generation());
        return '"'
                + HexFormat.of()
                        .toHexDigits(Draw.mix(
                                state, call.fingerprint(uri), call.origin().hashCode()))
                + '"';
    }

    private static boolean holds(String tag, @Nullable String condition) {
        return condition != null && condition.contains(tag);
    }
}
