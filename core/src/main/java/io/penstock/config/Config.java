package io.penstock.config;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The values of declared settings, judged. Immutable.
 */
public final class Config {

    private final Map<Setting<?>, Object> values;
    private final Set<String> given;

    private Config(Map<Setting<?>, Object> values, Set<String> given) {
        this.values = values;
        this.given = given;
    }

    /**
     * Reads raw values and throws if anything is wrong; for code and tests.
     *
     * @throws io.penstock.error.BadConfig.ConfigError naming every problem
     */
    public static Config of(List<Setting<?>> settings, Map<String, ?> raw) {
        Problems problems = new Problems();
        Config config = read(settings, raw, new Type.Place("", problems, SecretSource.ENVIRONMENT));
        problems.throwIfAny("the configuration");
        return config;
    }

    /**
     * Reads raw values and takes note of everything that is wrong: unknown names with the nearest known one, missing settings,
     * wrong types.
     *
     * @return the values that were good
     */
    public static Config read(List<Setting<?>> settings, Map<?, ?> raw, Type.Place at) {
        Map<Setting<?>, Object> values = new HashMap<>();
        for (Setting<?> setting : settings) {
            Object given = raw.get(setting.name());
            Object value = given != null ? given : setting.fallback().orElse(null);
            if (value != null) {
                Object read = setting.type().read(value, at.child(setting.name()));
                if (read != null) {
                    values.put(setting, read);
                }
            } else if (setting.required()) {
                at.child(setting.name())
                        .problem("is missing: " + setting.description() + " Expected "
                                + setting.type().words() + ".");
            }
        }
        noteUnknown(settings, raw, at);
        return new Config(values, names(raw));
    }

    private static void noteUnknown(List<Setting<?>> settings, Map<?, ?> raw, Type.Place at) {
        Set<String> known = settings.stream().map(Setting::name).collect(Collectors.toCollection(LinkedHashSet::new));
        for (String name : names(raw)) {
            if (!known.contains(name)) {
                at.child(name).problem("is not a known setting" + Nearest.hint(name, known));
            }
        }
    }

    private static Set<String> names(Map<?, ?> raw) {
        return raw.keySet().stream().map(String::valueOf).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * The value of a setting that is required or has a fallback.
     *
     * @throws IllegalStateException if it has no value, which is a bug of the caller
     */
    public <T> T value(Setting<T> setting) {
        return optional(setting)
                .orElseThrow(() -> new IllegalStateException("setting " + setting.name() + " has no value"));
    }

    /** The value of a setting, if it has one. */
    @SuppressWarnings("unchecked") // a setting's value was read by that setting's own type
    public <T> Optional<T> optional(Setting<T> setting) {
        return Optional.ofNullable((T) values.get(setting));
    }

    /** Whether a person gave a value for this setting. */
    public boolean has(Setting<?> setting) {
        return given.contains(setting.name());
    }
}
