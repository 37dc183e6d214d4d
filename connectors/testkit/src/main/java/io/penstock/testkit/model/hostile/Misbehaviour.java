package io.penstock.testkit.model.hostile;

/**
 * One thing an API does to its clients.
 *
 * @param name what it is called, for ever: small letters, digits and hyphens
 * @param version 1 at first; raised when what is played, or what must come of it, changes
 * @param fault the row of the fault tables that it plays, such as {@code N6}
 * @param description one line in words
 * @param outcome what a correct client must end with
 * @param repeats whether the API itself sends rows more than once; they are one row to whoever merges them by key
 * @param when which answers suffer
 * @param play what is done to them
 */
public record Misbehaviour(
        String name,
        int version,
        String fault,
        String description,
        Outcome outcome,
        boolean repeats,
        When when,
        Play play) {

    /** Judges name and version. */
    public Misbehaviour {
        if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*") || version < 1) {
            throw new IllegalArgumentException("not a name and version of a misbehaviour: " + name + " " + version);
        }
    }

    /** This one, of an API that sends rows more than once. */
    Misbehaviour repeating() {
        return new Misbehaviour(name, version, fault, description, outcome, true, when, play);
    }

    /** One answer of each stream suffers, and asking again mends it. */
    static Misbehaviour once(String name, String fault, String description, Play play) {
        return new Misbehaviour(name, 1, fault, description, Outcome.IDENTICAL, false, When.ONCE, play);
    }

    /** From the second page on no answer is any good. */
    static Misbehaviour always(String name, String fault, Outcome outcome, String description, Play play) {
        return new Misbehaviour(name, 1, fault, description, outcome, false, When.FROM_SECOND, play);
    }

    /** Every answer is odd, and good all the same. */
    static Misbehaviour harmless(String name, String fault, String description, Play play) {
        return new Misbehaviour(name, 1, fault, description, Outcome.IDENTICAL, false, When.EVERY, play);
    }
}
