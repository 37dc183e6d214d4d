package io.penstock.testkit.model.hostile;

import java.util.List;
import java.util.stream.Stream;

/**
 * The catalogue of what an API may do to its clients. Immutable.
 *
 * <p>{@code ModelApi.builder().misbehaviour(name)} makes a server that does it.
 */
public final class Hostile {

    /** Where a redirect to a page to sign in leads; such a page is answered there. */
    public static final String LOGIN = Links.LOGIN;

    private static final List<Misbehaviour> CATALOGUE = Stream.of(
                    Connections.ALL,
                    Framings.ALL,
                    Encodings.ALL,
                    Throttles.ALL,
                    Contents.ALL,
                    Walks.ALL,
                    Links.ALL,
                    Documents.ALL)
            .flatMap(List::stream)
            .toList();

    private Hostile() {}

    /** All of them, connections first, data last; names are unique. */
    public static List<Misbehaviour> catalogue() {
        return CATALOGUE;
    }

    /**
     * The misbehaviour called {@code name}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Misbehaviour named(String name) {
        return CATALOGUE.stream()
                .filter(misbehaviour -> misbehaviour.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no misbehaviour is called '" + name + "': see the list of the hostile range"));
    }
}
