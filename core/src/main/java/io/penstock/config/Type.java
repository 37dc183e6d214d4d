package io.penstock.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What kind of value a setting takes: reads a raw value, says what is wrong with it, describes itself.
 *
 * @param <T> what it becomes; see {@link Types} for the kinds there are
 */
public interface Type<T> {

    /**
     * Reads one raw value.
     *
     * @param raw {@code Boolean}, {@code Number}, {@code String}, {@code List} or {@code Map}
     * @param at where it stands and who takes note of problems
     * @return the value, or null after at least one problem was noted
     */
    @Nullable T read(Object raw, Place at);

    /** In a few words for people, such as {@code whole number}. */
    String words();

    /** As a JSON Schema (2020-12) in plain values. */
    Map<String, Object> schema();

    /**
     * Where a value stands while it is read.
     *
     * @param path names and indexes joined by dots
     * @param problems takes note
     * @param secrets finds {@code ${scheme:name}}
     */
    record Place(String path, Problems problems, SecretSource secrets) {

        /** The place of a member. */
        public Place child(String name) {
            return new Place(path.isEmpty() ? name : path + "." + name, problems, secrets);
        }

        /** Notes a problem here. */
        public void problem(String message) {
            problems.add(path, message);
        }
    }
}
