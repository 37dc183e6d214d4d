package io.penstock.auth;

import java.util.List;

/** A credential as somebody describes it, before it can be used. Immutable, safe for concurrent use. */
@FunctionalInterface
public interface Credential {

    /** Makes it usable; sends nothing yet. */
    Authenticator open(AuthMeans means);

    /** One that needs no means. */
    static Credential of(Authenticator ready) {
        return means -> ready;
    }

    /** Several on each request; see {@link Auth#all}. */
    static Credential all(List<Credential> parts) {
        List<Credential> each = List.copyOf(parts);
        return means -> Auth.all(each.stream().map(part -> part.open(means)).toArray(Authenticator[]::new));
    }

    /** One of several on each request; see {@link Auth#pool}. */
    static Credential pool(List<Credential> members) {
        List<Credential> each = List.copyOf(members);
        return means -> Auth.pool(each.stream().map(one -> one.open(means)).toArray(Authenticator[]::new));
    }
}
