package io.penstock.auth.broker;

import io.penstock.auth.AuthMeans;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Asks with the client's own credentials; nothing of it outlives the process. */
final class OwnRenewal implements Renewal {

    private final TokenIssuer issuer;
    private final AuthMeans means;
    private final double part;

    OwnRenewal(TokenIssuer issuer, AuthMeans means) {
        this.issuer = issuer;
        this.means = means;
        this.part = means.time().random().nextDouble();
    }

    @Override
    public Mono<Token> renew(@Nullable Token worn, Runnable going) {
        return Mono.defer(() -> {
            AtomicLong sentAt = new AtomicLong(now());
            return issuer.issue(Optional.empty(), () -> {
                        sentAt.set(now());
                        going.run();
                    })
                    .doOnNext(issued -> means.learnt().accept(issued.accessToken()))
                    .map(issued -> new Token(
                            issued.accessToken(), Validity.of(sentAt.get(), issued.lifetime(), part), issued.scopes()));
        });
    }

    private long now() {
        return means.time().timer().now(TimeUnit.NANOSECONDS);
    }
}
