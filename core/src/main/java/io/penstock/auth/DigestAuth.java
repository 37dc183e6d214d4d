package io.penstock.auth;

import io.penstock.config.Secret;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart.Head;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** User name and password by challenge and digest (RFC 7616); a nonce is used until the server wants another. */
final class DigestAuth implements Authenticator {

    private final String user;
    private final Secret password;
    private final Supplier<String> nonces;
    private final AtomicReference<@Nullable DigestNonce> current = new AtomicReference<>();

    DigestAuth(String user, Secret password, Supplier<String> nonces) {
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("the user name of digest authentication must not hold a colon");
        }
        this.user = user;
        this.password = password;
        this.nonces = nonces;
    }

    @Override
    public Mono<Void> ready() {
        return password.ready();
    }

    @Override
    public Mono<ApiRequest> authorise(ApiRequest request) {
        return Mono.fromSupplier(() -> {
            DigestNonce nonce = current.get();
            return nonce == null
                    ? request
                    : Objects.requireNonNull(password.reveal(text -> {
                        String answer = nonce.answer(request, new DigestNonce.Login(user, text), nonces.get());
                        return request.header("Authorization", answer);
                    }));
        });
    }

    /** A digest of a nonce that is still good was refused for its password; everything else is worth another one. */
    @Override
    public Mono<Boolean> refused(ApiRequest used, Head answer) {
        return Mono.defer(() -> {
            DigestNonce before = current.get();
            boolean stood = before != null
                    && used.headers()
                            .first("Authorization")
                            .filter(before::made)
                            .isPresent();
            if (before != null && !stood) {
                return Mono.just(true); // another request has been given a nonce in the meantime
            }
            Optional<DigestNonce> offered = DigestNonce.offered(answer.headers().all("WWW-Authenticate"));
            boolean fresh =
                    offered.isPresent() && (before == null || offered.get().replaces());
            Mono<Boolean> worth = fresh || before == null ? Mono.just(fresh) : passwordChanged(used, before);
            return worth.doOnNext(another -> {
                if (another && offered.isPresent()) {
                    current.compareAndSet(before, offered.get());
                }
            });
        });
    }

    /** Whether there is another password than the one that {@code used} proves; reads it again if that is due. */
    private Mono<Boolean> passwordChanged(ApiRequest used, DigestNonce nonce) {
        String print = password.fingerprint();
        boolean same = password.reveal(text -> nonce.proves(used, new DigestNonce.Login(user, text)));
        return same ? password.changedSince(print) : Mono.just(true);
    }

    @Override
    public String identity() {
        return "digest " + user + " " + password.identity();
    }

    @Override
    public String fingerprint() {
        return identity() + " " + password.fingerprint();
    }

    @Override
    public String scheme() {
        return "digest";
    }

    @Override
    public String toString() {
        return scheme();
    }
}
