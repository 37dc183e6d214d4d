package io.penstock.config;

import io.penstock.error.BadConfig.ConfigError;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers everything that is wrong with a configuration, so that a person mends it in one go.
 *
 * <p>For one thread at a time.
 */
public final class Problems {

    /**
     * One thing that is wrong.
     *
     * @param path where, as names and indexes joined by dots, such as {@code connections.shop.source.base_url}
     * @param message what was expected, what was found and what mends it
     */
    public record Problem(String path, String message) {
        @Override
        public String toString() {
            return path.isEmpty() ? message : path + ": " + message;
        }
    }

    private final List<Problem> found = new ArrayList<>();

    /** Notes a problem at {@code path}. */
    public void add(String path, String message) {
        found.add(new Problem(path, message));
    }

    /** Notes {@code message} at {@code path} unless {@code holds}. */
    public void require(boolean holds, String path, String message) {
        if (!holds) {
            add(path, message);
        }
    }

    /** What was found so far, in order. */
    public List<Problem> all() {
        return List.copyOf(found);
    }

    /** Whether nothing is wrong so far. */
    public boolean none() {
        return found.isEmpty();
    }

    /**
     * Throws if anything is wrong.
     *
     * @param what names the thing judged, such as a file
     * @throws ConfigError naming every problem, one a line
     */
    public void throwIfAny(String what) {
        if (!found.isEmpty()) {
            throw new ConfigError(what
                    + (found.size() == 1 ? " has a problem: " : " has " + found.size() + " problems:\n  - ")
                    + String.join(
                            "\n  - ", found.stream().map(Problem::toString).toList()));
        }
    }
}
