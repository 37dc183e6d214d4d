package io.penstock.auth.broker;

import io.penstock.config.Secret;
import io.penstock.error.AccessDenied.ReauthorizationRequired;
import java.time.Duration;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** An authorization server that takes each refresh token once. */
final class RotatingServer implements TokenIssuer {

    int calls;
    String good = "r0";
    Runnable before = () -> {};
    Runnable after = () -> {};

    @Override
    public synchronized Mono<Issued> issue(Optional<Secret> refreshToken, Runnable going) {
        return Mono.fromSupplier(() -> {
            going.run();
            before.run();
            calls++;
            if (!refreshToken.orElseThrow().reveal(good::equals)) {
                throw new ReauthorizationRequired("refused (invalid_grant)");
            }
            good = "r" + calls;
            after.run();
            return new Issued(Secret.of("a" + calls), Optional.of(Duration.ofHours(1)), Optional.of(Secret.of(good)));
        });
    }
}
