package io.penstock.runner.catalogue;

import io.penstock.config.Nearest;
import io.penstock.config.Setting;
import io.penstock.error.BadConfig.ConfigError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Plug-ins of one kind by name. Immutable.
 *
 * @param <P> the kind of provider
 */
public final class Shelf<P> {

    private final String kind;
    private final Map<String, P> byName;
    private final Function<P, List<Setting<?>>> settings;

    private Shelf(String kind, Map<String, P> byName, Function<P, List<Setting<?>>> settings) {
        this.kind = kind;
        this.byName = byName;
        this.settings = settings;
    }

    /** Sorts providers by name; a name that two of them claim is a {@link ConfigError} that names both classes. */
    static <P> Shelf<P> of(
            String kind, Stream<P> found, Function<P, String> name, Function<P, List<Setting<?>>> settings) {
        Map<String, P> byName = new TreeMap<>();
        found.forEach(provider -> {
            P twin = byName.putIfAbsent(name.apply(provider), provider);
            if (twin != null) {
                throw new ConfigError("two " + kind + "s are called " + name.apply(provider) + ": "
                        + twin.getClass().getName() + " and "
                        + provider.getClass().getName() + ". Remove one of them from the class path.");
            }
        });
        return new Shelf<>(kind, byName, settings);
    }

    /** What is on it: {@code source} or {@code sink}. */
    public String kind() {
        return kind;
    }

    /** Every name, sorted. */
    public Collection<String> names() {
        return byName.keySet();
    }

    /** Every provider, sorted by name. */
    public List<P> all() {
        return new ArrayList<>(byName.values());
    }

    /** The provider called {@code name}, if there is one. */
    public Optional<P> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * The provider called {@code name}.
     *
     * @throws ConfigError with the nearest name or the list of all
     */
    public P provider(String name) {
        return find(name).orElseThrow(() -> new ConfigError(unknown(name)));
    }

    /** Says that {@code name} is not known, and what is. */
    public String unknown(String name) {
        return byName.isEmpty()
                ? "no " + kind + " is installed: add one to the class path"
                : "no " + kind + " is called " + name + Nearest.hint(name, byName.keySet());
    }

    /** The settings a provider of this shelf declares. */
    public List<Setting<?>> settings(P provider) {
        return settings.apply(provider);
    }
}
