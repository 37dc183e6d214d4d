package io.penstock.runner.mapping;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Type;
import io.penstock.config.Types;
import io.penstock.runner.mapping.value.FieldPath;
import io.penstock.runner.mapping.verb.Cast;
import io.penstock.runner.mapping.verb.CastType;
import io.penstock.runner.mapping.verb.Computed;
import io.penstock.runner.mapping.verb.Condition;
import io.penstock.runner.mapping.verb.Drop;
import io.penstock.runner.mapping.verb.Filter;
import io.penstock.runner.mapping.verb.Flatten;
import io.penstock.runner.mapping.verb.Hash;
import io.penstock.runner.mapping.verb.Hashing;
import io.penstock.runner.mapping.verb.Mask;
import io.penstock.runner.mapping.verb.Rename;
import io.penstock.runner.mapping.verb.Select;
import io.penstock.runner.mapping.verb.Verb;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a plan wants done to the records of a stream.
 *
 * @param filter which records are kept
 * @param verbs what is done to them, in the order in which it is done
 * @param validation what is made of the stream's schema
 */
public record PlannedMapping(Filter filter, List<Verb> verbs, Validation validation) {

    /** Nothing: records are forwarded as they are. */
    public static final PlannedMapping NONE = new PlannedMapping(new Filter(Map.of()), List.of(), Validation.OFF);

    private static final Type<List<FieldPath>> PATHS = Types.listOf(FieldPath.type());
    private static final Setting<Validation> VALIDATE = Setting.of(
            "validate",
            "Holds each record against the JSON Schema that the source gives: strict refuses what breaks it, warn counts it.",
            Types.oneOf(Validation.class),
            "off");
    private static final Setting<Map<String, Condition>> FILTER = Setting.optional(
            "filter",
            "Keeps only records whose fields are as said here: a value, a list of values, or comparisons such as { min: 10 }.",
            Types.mapOf(Condition.type()));
    private static final Setting<Map<String, CastType>> CAST = Setting.optional(
            "cast", "Gives fields another type, exactly or not at all.", Types.mapOf(Types.oneOf(CastType.class)));
    private static final Setting<List<FieldPath>> MASK =
            Setting.optional("mask", "Fields whose values become three stars.", PATHS);
    private static final Setting<Map<String, Hashing>> HASH = Setting.optional(
            "hash",
            "Fields whose values become their hash; with a key an HMAC that nobody can guess.",
            Types.mapOf(Hashing.type()));
    private static final Setting<Map<String, Object>> SET = Setting.optional(
            "set",
            "Fields that are set: to a constant, or to a text with {field} in it, which is filled from the record.",
            Types.mapOf(Types.any()));
    private static final Setting<List<FieldPath>> SELECT =
            Setting.optional("select", "The only fields that are kept, besides those of set.", PATHS);
    private static final Setting<List<FieldPath>> DROP = Setting.optional("drop", "Fields that are taken away.", PATHS);
    private static final Setting<Map<String, String>> FLATTEN = Setting.optional(
            "flatten",
            "Objects whose fields become fields of the record, each with what stands between the names.",
            Types.mapOf(Types.text()));
    private static final Setting<Map<String, String>> RENAME =
            Setting.optional("rename", "New names of fields, under their old ones.", Types.mapOf(Types.text()));

    /** Every setting, in the order in which they are applied. */
    public static final List<Setting<?>> SETTINGS =
            List.of(VALIDATE, FILTER, CAST, MASK, HASH, SET, SELECT, DROP, FLATTEN, RENAME);

    /** Copies the list. */
    public PlannedMapping {
        verbs = List.copyOf(verbs);
    }

    /**
     * What the settings say.
     *
     * @throws IllegalArgumentException if two of them cannot both be meant
     */
    public static PlannedMapping from(Config config) {
        List<Verb> verbs = new ArrayList<>();
        Set<String> set = config.optional(SET).map(Map::keySet).orElse(Set.of());
        config.optional(CAST).map(types -> new Cast(paths(types))).ifPresent(verbs::add);
        config.optional(MASK).map(Mask::new).ifPresent(verbs::add);
        config.optional(HASH).map(hashed -> new Hash(paths(hashed))).ifPresent(verbs::add);
        config.optional(SET).map(Computed::new).ifPresent(verbs::add);
        config.optional(SELECT).map(paths -> new Select(paths, set)).ifPresent(verbs::add);
        config.optional(DROP).map(Drop::new).ifPresent(verbs::add);
        config.optional(FLATTEN).map(Flatten::new).ifPresent(verbs::add);
        config.optional(RENAME).map(Rename::new).ifPresent(verbs::add);
        requireOneDisguise(config);
        requireCastsLeaveDisguisesAlone(config);
        return new PlannedMapping(
                new Filter(paths(config.optional(FILTER).orElse(Map.of()))), verbs, config.value(VALIDATE));
    }

    private static void requireOneDisguise(Config config) {
        Set<FieldPath> hashed = paths(config.optional(HASH).orElse(Map.of())).keySet();
        config.optional(MASK).orElse(List.of()).stream()
                .filter(hashed::contains)
                .forEach(both -> {
                    throw new IllegalArgumentException("the field " + both + " is both masked and hashed: keep one");
                });
    }

    /** A cast comes first: behind it, what lies inside could not be found to be hidden. */
    private static void requireCastsLeaveDisguisesAlone(Config config) {
        Set<FieldPath> hidden = new LinkedHashSet<>(config.optional(MASK).orElse(List.of()));
        hidden.addAll(paths(config.optional(HASH).orElse(Map.of())).keySet());
        for (FieldPath cast : paths(config.optional(CAST).orElse(Map.of())).keySet()) {
            hidden.stream().filter(inside -> inside.isBelow(cast)).forEach(inside -> {
                throw new IllegalArgumentException("the field " + inside + " is to be hidden, but " + cast
                        + ", which it lies in, is cast to a single value first: hide " + cast
                        + " as a whole, or do not cast it");
            });
        }
    }

    private static <T> Map<FieldPath, T> paths(Map<String, T> named) {
        Map<FieldPath, T> paths = new LinkedHashMap<>();
        named.forEach((name, value) -> paths.put(FieldPath.of(name), value));
        return paths;
    }

    /** Whether nothing is done. */
    public boolean isNone() {
        return filter.isEmpty() && verbs.isEmpty() && validation == Validation.OFF;
    }

    /** The fields of the source's records that it names. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(filter.names());
        verbs.forEach(verb -> names.addAll(verb.names()));
        return names;
    }
}
