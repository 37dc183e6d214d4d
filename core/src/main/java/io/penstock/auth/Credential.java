package io.penstock.auth;

/** A credential as somebody describes it, before it can be used. Immutable, safe for concurrent use. */
@FunctionalInterface
public interface Credential {

    /** Makes it usable; sends nothing yet. */
    Authenticator open(AuthMeans means);

    /** One that needs no means. */
    static Credential of(Authenticator ready) {
        return means -> ready;
    }
}
