package io.penstock.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The kinds of values that settings take. */
public final class Types {

    private Types() {}

    /** Text; {@code ${scheme:name}} in it is replaced by what it refers to. Numbers and booleans are taken as they are written. */
    public static Type<String> text() {
        return new TextType();
    }

    /** Text that {@code read} turns into a value; an {@link IllegalArgumentException} of it becomes the problem. */
    public static <T> Type<T> parsed(String words, Function<String, T> read) {
        return new ParsedType<>(words, read);
    }

    /** {@code true} or {@code false}. */
    public static Type<Boolean> bool() {
        return parsed("true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("expected true or false, found '" + text + "'");
        });
    }

    /** A whole number from {@code least} to {@code most}. */
    public static Type<Long> integer(long least, long most) {
        String words = "whole number from " + least + " to " + most;
        return parsed(words, text -> {
            long value;
            try {
                value = Long.parseLong(text);
            } catch (NumberFormatException notWhole) {
                throw new IllegalArgumentException("expected a " + words + ", found '" + text + "'", notWhole);
            }
            if (value < least || value > most) {
                throw new IllegalArgumentException("expected a " + words + ", found " + text);
            }
            return value;
        });
    }

    /** A length of time: digits and one of {@code ms s m h d}, such as {@code 30s}. */
    public static Type<Duration> duration() {
        return parsed("duration such as 30s or 5m", Durations::parse);
    }

    /** A number of bytes from {@code least} to {@code most}: digits and one of {@code B KiB MiB GiB kB MB GB}, such as {@code 64MiB}. */
    public static Type<Long> bytes(long least, long most) {
        return parsed("size such as 64MiB or 2GB", text -> Sizes.parse(text, least, most));
    }

    /** An absolute {@code http} or {@code https} URL without user information. */
    public static Type<URI> url() {
        return parsed("http or https URL", Types::readUrl);
    }

    /** The text itself is shown only where it cannot hold a password. */
    private static URI readUrl(String text) {
        String example = "expected a URL such as https://api.example.com, found ";
        if (text.indexOf('@') >= 0 && !text.matches("[^:/?#]+://[^/?#@]*([/?#].*)?")) {
            throw new IllegalArgumentException("a URL must not hold a user name or password: use auth settings");
        }
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException unreadable) {
            throw new IllegalArgumentException(example + "'" + text + "': " + unreadable.getReason(), unreadable);
        }
        boolean web = url.getScheme() != null && url.getScheme().matches("(?i)https?");
        if (!web || url.getHost() == null) {
            throw new IllegalArgumentException(example + "'" + text + "'");
        }
        return url;
    }

    /** One constant of {@code kinds}, written in lower case with underscores. */
    public static <E extends Enum<E>> Type<E> oneOf(Class<E> kinds) {
        List<String> names =
                Stream.of(kinds.getEnumConstants()).map(Types::lower).toList();
        return parsed("one of " + String.join(", ", names), text -> {
            if (!names.contains(text)) {
                throw new IllegalArgumentException(
                        "expected one of " + String.join(", ", names) + ", found '" + text + "'");
            }
            return Enum.valueOf(kinds, text.toUpperCase(Locale.ROOT));
        });
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** A reference to a secret, such as {@code ${env:SHOP_TOKEN}}; the secret itself is refused. */
    public static Type<Secret> secret() {
        return new SecretType();
    }

    /** A list of values of one kind; one value alone counts as a list of one. */
    public static <T> Type<List<T>> listOf(Type<T> item) {
        return new ListType<>(item);
    }

    /** A mapping from free names to values of one kind, in the order written. */
    public static <T> Type<Map<String, T>> mapOf(Type<T> value) {
        return new MapType<>(value);
    }

    /** A mapping with settings of its own, turned into a value by {@code make}. */
    public static <T> Type<T> object(List<Setting<?>> settings, Function<Config, T> make) {
        return new ObjectType<>(settings, make);
    }

    /** Any raw value, with references in its texts replaced; for request bodies and the like. */
    public static Type<Object> any() {
        return new AnyType();
    }

    /** Reads every value of a map; null if one of them has a problem. */
    static <T> @Nullable Map<String, T> readAll(Map<?, ?> raw, Type<T> type, Type.Place at) {
        Map<String, T> values = new LinkedHashMap<>();
        raw.forEach((name, value) -> {
            T read = readOne(value, type, at.child(String.valueOf(name)));
            if (read != null) {
                values.put(String.valueOf(name), read);
            }
        });
        return values.size() == raw.size() ? values : null;
    }

    /** Reads every value of a list; null if one of them has a problem. */
    static <T> @Nullable List<T> readAll(List<?> raw, Type<T> type, Type.Place at) {
        List<T> values = new ArrayList<>();
        for (int i = 0; i < raw.size(); i++) {
            T read = readOne(raw.get(i), type, at.child(Integer.toString(i)));
            if (read != null) {
                values.add(read);
            }
        }
        return values.size() == raw.size() ? values : null;
    }

    private static <T> @Nullable T readOne(@Nullable Object raw, Type<T> type, Type.Place at) {
        if (raw == null) {
            at.problem("expected " + type.words() + ", found nothing");
            return null;
        }
        return type.read(raw, at);
    }

    /** Names the kind of a raw value for people. */
    static String kind(@Nullable Object raw) {
        return raw == null
                ? "nothing"
                : raw instanceof Map ? "a mapping" : raw instanceof List ? "a list" : "'" + raw + "'";
    }
}
