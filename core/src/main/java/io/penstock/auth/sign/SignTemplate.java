package io.penstock.auth.sign;

import io.penstock.config.Nearest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Text with names in braces, made of the request when it is signed. Immutable. */
final class SignTemplate {

    private static final Pattern NAME = Pattern.compile("\\{([A-Za-z0-9_]+|header:[^{}]+)}");
    private static final String HEADER = "header:";
    private static final List<String> NAMES = Stream.concat(
                    Stream.of(Facts.Name.values()).map(name -> name.name().toLowerCase(Locale.ROOT)),
                    Stream.of("header:Name"))
            .toList();

    private final String text;
    private final List<Function<Facts, byte[]>> parts;

    private SignTemplate(String text, List<Function<Facts, byte[]>> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException naming a name that there is not
     */
    static SignTemplate of(String text) {
        List<Function<Facts, byte[]>> parts = new ArrayList<>();
        Matcher names = NAME.matcher(text);
        int from = 0;
        while (names.find()) {
            parts.add(literal(text.substring(from, names.start())));
            parts.add(value(names.group(1)));
            from = names.end();
        }
        parts.add(literal(text.substring(from)));
        return new SignTemplate(text, parts);
    }

    private static Function<Facts, byte[]> literal(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return facts -> bytes;
    }

    private static Function<Facts, byte[]> value(String name) {
        if (name.startsWith(HEADER)) {
            String field = name.substring(HEADER.length());
            return facts -> facts.header(field);
        }
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("{" + name + "} stands for nothing" + Nearest.hint(name, NAMES));
        }
        return Facts.Name.valueOf(name.toUpperCase(Locale.ROOT))::of;
    }

    boolean speaksOf(String name) {
        return text.contains("{" + name + "}");
    }

    byte[] bytes(Facts facts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        parts.forEach(part -> out.writeBytes(part.apply(facts)));
        return out.toByteArray();
    }

    String text(Facts facts) {
        return new String(bytes(facts), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return text;
    }
}
