package io.penstock.testkit.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.config.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The table of settings in a connector's README, made from the settings themselves.
 *
 * <p>It stands between {@value #BEGIN} and {@value #END}; run the test with {@code -Dpenstock.readme=write} to renew it.
 */
public final class SettingsTable {

    /** The line before the table. */
    public static final String BEGIN = "<!-- settings -->";

    /** The line behind the table. */
    public static final String END = "<!-- /settings -->";

    private SettingsTable() {}

    /** The table as Markdown; settings inside a setting follow it, their names joined by dots. */
    public static String markdown(List<Setting<?>> settings) {
        StringBuilder table = new StringBuilder("| Setting | Needed | Default | What it does |\n|---|---|---|---|\n");
        for (Setting<?> setting : settings) {
            row(setting.name(), setting.schema(), setting.required(), table);
        }
        return table.toString();
    }

    /**
     * Fails unless the README holds the table of these settings.
     *
     * @param readme as seen from the module's folder, where tests run
     */
    public static void requireIn(Path readme, List<Setting<?>> settings) {
        String text = read(readme);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        int to = text.indexOf(END);
        assertThat(to).as("place of %s in %s", END, readme).isGreaterThan(from);
        String wanted = "\n\n" + markdown(settings) + "\n";
        if ("write".equals(System.getProperty("penstock.readme"))) {
            write(readme, text.substring(0, from) + wanted + text.substring(to));
        } else {
            assertThat(text.substring(from, to))
                    .as("settings in %s; run with -Dpenstock.readme=write to renew them", readme)
                    .isEqualTo(wanted);
        }
    }

    private static void row(String name, Map<?, ?> schema, boolean required, StringBuilder table) {
        Object fallback = schema.get("default");
        table.append("| `")
                .append(name)
                .append("` | ")
                .append(required ? "yes" : "")
                .append(" | ");
        boolean shown = fallback != null && !Set.of("", "{}", "[]").contains(fallback.toString());
        table.append(shown ? "`" + fallback + "`" : "");
        table.append(" | ")
                .append(String.valueOf(schema.get("description")).replace("|", "\\|"))
                .append(" |\n");
        inside(name, schema, table);
    }

    private static void inside(String name, Map<?, ?> schema, StringBuilder table) {
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((child, value) -> {
                if (value instanceof Map<?, ?> inner && inner.get("description") != null) {
                    boolean required = schema.get("required") instanceof List<?> names && names.contains(child);
                    row(name + "." + child, inner, required, table);
                }
            });
        }
        if (schema.get("additionalProperties") instanceof Map<?, ?> free) {
            inside(name + ".*", free, table);
        }
        if (schema.get("oneOf") instanceof List<?> forms) {
            forms.forEach(form -> inside(name, (Map<?, ?>) form, table));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
