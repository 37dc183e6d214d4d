package io.penstock.checks.simulation.fate;

import java.util.Optional;

/** Decides what befalls each operation; asked once for each, in the order in which they happen. */
public interface Fate {

    /** What befalls this one. */
    Blow on(Operation operation);

    /** How this try of a request is answered instead of well. */
    Optional<Misconduct> answer(long now);

    /** How long this one takes, in nanoseconds. */
    long delay(Operation operation);

    /** In how many pieces a body of {@code size} bytes comes. */
    int pieces(int size);

    /** A number from {@code low} to {@code high}, both included, for whatever else is left open. */
    int number(int low, int high);

    /** From now on everything works. */
    void heal();

    /** How many operations were struck so far. */
    int struck();
}
