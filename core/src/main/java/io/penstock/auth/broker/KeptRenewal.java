package io.penstock.auth.broker;

import io.penstock.auth.AuthMeans;
import io.penstock.auth.broker.Kept.Access;
import io.penstock.auth.broker.KeptCredential.Found;
import io.penstock.config.Secret;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.AccessDenied.ReauthorizationRequired;
import io.penstock.error.StateFailure.StateConflict;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Asks with a refresh token that may be replaced by each answer.
 *
 * <p>In its turn among all processes: read what is kept, and take the token another has got since; else note that the refresh
 * token is about to be sent, send it, and keep what came before anything is sent with it. What cannot be kept is not lost while
 * the process lives: it is kept with the next renewal.
 */
final class KeptRenewal implements Renewal {

    private final TokenIssuer issuer;
    private final KeptCredential entry;
    private final AuthMeans means;
    private final double part;
    private volatile @Nullable Unkept unkept;

    KeptRenewal(TokenIssuer issuer, KeptCredential entry, AuthMeans means) {
        this.issuer = issuer;
        this.entry = entry;
        this.means = means;
        this.part = means.time().random().nextDouble();
    }

    /** An answer that could not be kept, the refresh token it answers, and when that was sent, in ns of the timer. */
    private record Unkept(String hash, Kept kept, long from) {}

    @Override
    public Mono<Token> renew(@Nullable Token worn, Runnable going) {
        return entry.inTurn(entry.read().flatMap(found -> decide(found, worn, going)))
                .publishOn(means.time().timer());
    }

    private Mono<Token> decide(Found found, @Nullable Token worn, Runnable going) {
        Unkept answer = unkept;
        if (answer != null && answer.hash().equals(found.kept().hash())) {
            return kept(found, answer.kept(), answer.from());
        }
        unkept = null;
        Token other = found.kept().access().map(this::token).orElse(null);
        if (other != null
                && (worn == null || !other.same(worn))
                && !other.validity().due(now())) {
            return Mono.just(other);
        }
        if (found.kept().refresh().isEmpty()) {
            return Mono.error(other == null ? entry.missing() : entry.dead(withoutRefreshToken()));
        }
        return found.kept().interrupted()
                ? ask(found, going, true)
                : entry.replace(found.revision(), found.kept().beginning(wall()))
                        .flatMap(noted -> ask(noted, going, false));
    }

    private static ReauthorizationRequired withoutRefreshToken() {
        return new ReauthorizationRequired(
                "the access token is over, and the server gave no refresh token (many give one only for"
                        + " the scope offline_access)");
    }

    private Mono<Token> ask(Found noted, Runnable going, boolean interrupted) {
        AtomicReference<Instant> sentAt = new AtomicReference<>(wall());
        AtomicLong from = new AtomicLong(now());
        return Mono.defer(() -> {
                    going.run(); // the note is made: from here on it is seen through
                    return issuer.issue(noted.kept().refresh(), () -> {
                        sentAt.set(wall());
                        from.set(now());
                    });
                })
                .map(issued -> noted.kept().after(issued, Objects.requireNonNull(sentAt.get())))
                .flatMap(kept -> kept(noted, kept, from.get()))
                .onErrorResume(ReauthorizationRequired.class, refusal -> refused(noted, refusal, interrupted))
                .onErrorResume(
                        AuthError.class, refusal -> settle(noted, interrupted).then(Mono.error(refusal)));
    }

    /** Durable first, then used: from when it was asked for by the timer, whatever became of the wall clock since. */
    private Mono<Token> kept(Found before, Kept kept, long from) {
        unkept = new Unkept(before.kept().hash(), kept, from);
        kept.refresh().ifPresent(means.learnt());
        return entry.replace(before.revision(), kept)
                .map(done -> token(kept.access().orElseThrow(), from))
                .onErrorResume(
                        StateConflict.class,
                        conflict -> overtaken(before, conflict)
                                .map(now -> token(now.kept().access().orElseThrow())))
                .doOnNext(done -> unkept = null);
    }

    /** A person has granted access anew meanwhile: that is newer than any answer. */
    private Mono<Found> overtaken(Found before, StateConflict conflict) {
        return entry.read()
                .filter(now -> !now.kept().hash().equals(before.kept().hash())
                        && now.kept().access().isPresent())
                .switchIfEmpty(Mono.error(conflict));
    }

    private Mono<Token> refused(Found noted, ReauthorizationRequired refusal, boolean interrupted) {
        return entry.read().flatMap(now -> {
            Token other = now.kept().access().map(this::token).orElse(null);
            boolean changed = !now.kept().hash().equals(noted.kept().hash());
            if (changed && other != null && !other.validity().over(now())) {
                return Mono.just(other);
            }
            return interrupted
                    ? Mono.error(entry.interrupted(refusal))
                    : settle(noted, false).then(Mono.error(entry.dead(refusal)));
        });
    }

    /** Takes the note back: the server has answered, and the refresh token was not replaced. */
    private Mono<Void> settle(Found noted, boolean interrupted) {
        return interrupted
                ? Mono.empty()
                : entry.replace(noted.revision(), noted.kept().settled())
                        .onErrorComplete()
                        .then();
    }

    /** One that was kept, perhaps by another process: only the wall clock tells its age, which is never below nothing. */
    private Token token(Access access) {
        long age = Duration.between(access.sentAt(), wall()).toNanos();
        return token(access, now() - Math.max(0, age));
    }

    private Token token(Access access, long from) {
        Secret token = access.token();
        means.learnt().accept(token);
        return new Token(token, Validity.of(from, access.lifetime(), part), access.scopes());
    }

    private Instant wall() {
        return means.time().clock().instant();
    }

    private long now() {
        return means.time().timer().now(TimeUnit.NANOSECONDS);
    }
}
