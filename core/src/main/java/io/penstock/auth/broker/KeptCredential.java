package io.penstock.auth.broker;

import io.penstock.auth.AuthMeans;
import io.penstock.config.Secret;
import io.penstock.error.AccessDenied.ReauthorizationRequired;
import io.penstock.error.StateFailure.StateCorrupt;
import io.penstock.store.ByteStore.Stored;
import io.penstock.store.Vault;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Where one credential is kept, shared by all processes of the same vault. Immutable, safe for concurrent use. */
public final class KeptCredential {

    private final Vault vault;
    private final String name;
    private final Optional<Secret> seed;
    private final String mend;

    /**
     * The entry {@code name} of the vault; nothing is read yet.
     *
     * @param seed the refresh token that a person gave; it is used until another one replaces it, and again when the person
     *     gives another
     * @param mend what a person does where there is none, such as {@code run penstock login}
     */
    public KeptCredential(AuthMeans means, String name, Optional<Secret> seed, String mend) {
        this.vault = means.vault();
        this.name = name;
        this.seed = seed;
        this.mend = mend;
    }

    /**
     * What is kept, at a revision.
     *
     * @param revision 0 for nothing
     * @param kept as it was read
     */
    record Found(long revision, Kept kept) {}

    String mend() {
        return mend;
    }

    /**
     * Keeps what a person has just granted, in place of what was kept; completes once it is durable.
     *
     * @param sentAt wall-clock time before it was asked for
     */
    public Mono<Void> keep(Issued issued, Instant sentAt) {
        return inTurn(read().flatMap(found ->
                replace(found.revision(), seedless(issued, sentAt)).then()));
    }

    private Kept seedless(Issued issued, Instant sentAt) {
        Kept fresh = Kept.NOTHING.after(issued, sentAt);
        return new Kept(fresh.access(), fresh.refresh(), seed.map(Secret::fingerprint), Optional.empty());
    }

    <T> Mono<T> inTurn(Mono<T> work) {
        return vault.locks().hold(name, work);
    }

    /** What is kept now; what a person gave counts if it is newer than that. */
    Mono<Found> read() {
        return vault.entries()
                .read(name)
                .map(this::found)
                .defaultIfEmpty(new Found(0, Kept.NOTHING))
                .map(this::seeded);
    }

    private Found found(Stored stored) {
        try {
            return new Found(stored.revision(), KeptCodec.read(stored.bytes(), name));
        } catch (IOException unreadable) {
            throw new StateCorrupt("the kept credential " + name + " cannot be read: " + unreadable.getMessage()
                    + "; restore it from a backup, or remove it and " + mend);
        }
    }

    private Found seeded(Found found) {
        boolean newer = seed.isPresent() && !found.kept().seed().equals(seed.map(Secret::fingerprint));
        return newer ? new Found(found.revision(), Kept.seeded(seed.get())) : found;
    }

    Mono<Found> replace(long revision, Kept kept) {
        return vault.entries().replace(name, revision, KeptCodec.bytes(kept)).map(now -> new Found(now, kept));
    }

    ReauthorizationRequired missing() {
        return new ReauthorizationRequired("nobody has granted access yet: " + mend);
    }

    ReauthorizationRequired dead(ReauthorizationRequired refusal) {
        return new ReauthorizationRequired(refusal.getMessage() + ": " + mend, refusal);
    }

    ReauthorizationRequired interrupted(ReauthorizationRequired refusal) {
        return new ReauthorizationRequired(
                "rotation interrupted: the refresh token was sent by a run that ended before the answer was kept, and the server"
                        + " does not take it again: " + mend,
                refusal);
    }
}
