package io.penstock.checks.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.checks.architecture.Product;
import io.penstock.http.HttpLimits;
import io.penstock.http.Timeouts.Wait;
import io.penstock.runner.catalogue.Catalogue;
import io.penstock.runner.plan.Plan;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A message that tells people to raise a limit names a setting that a plan has. */
class RaisedSettingsTest {

    /** A name, perhaps a second one, and a full stop before the closing quote where code adds the rest of the name. */
    private static final Pattern RAISE =
            Pattern.compile("raise ([a-z_]+(?:\\.[a-z_]+)*)(?: or ([a-z]+\\.[a-z_.]+))?(\\.\")?");

    private static final Pattern VAGUE = Pattern.compile("raise (the limit|it|that limit)\\b(?! for files)[^\"]*\"");
    private static final Pattern DECODED = Pattern.compile("where\\.limit\\([^;]*\"([a-z_]+)\"\\)");

    private final Set<String> settings = settings();

    /** Every setting, by its path below a connection and by its last name. */
    private static Set<String> settings() {
        Set<String> names = new HashSet<>();
        collect("", Plan.schema(Catalogue.load(RaisedSettingsTest.class.getClassLoader())), names);
        return names;
    }

    private static void collect(String path, Object schema, Set<String> names) {
        if (schema instanceof List<?> forms) {
            forms.forEach(form -> collect(path, form, names));
        } else if (schema instanceof Map<?, ?> map) {
            map.forEach((key, value) -> collect(path, String.valueOf(key), value, names));
        }
    }

    private static void collect(String path, String key, Object value, Set<String> names) {
        if (key.equals("properties") && value instanceof Map<?, ?> properties) {
            properties.forEach((name, inner) -> {
                names.add(path + name);
                names.add(String.valueOf(name));
                collect(path + name + ".", inner, names);
            });
        } else {
            collect(key.equals("additionalProperties") ? "" : path, value, names);
        }
    }

    private static Stream<String> sources() {
        return Product.files().stream()
                .filter(file -> file.toString().endsWith(".java")
                        && file.toString().replace('\\', '/').contains("/src/main/"))
                .map(Product::text);
    }

    private static Set<String> raised(Stream<String> texts) {
        Set<String> raised = new HashSet<>();
        texts.flatMap(String::lines)
                .filter(line -> line.contains("\"") && !line.contains("raise the limit for files"))
                .flatMap(line -> RAISE.matcher(line).results())
                .forEach(found -> {
                    if (found.group(3) == null) {
                        raised.add(found.group(1));
                    }
                    if (found.group(2) != null) {
                        raised.add(found.group(2));
                    }
                });
        return raised;
    }

    @Test
    void everySettingThatAMessageNamesExists() {
        Set<String> raised = raised(sources());

        assertThat(raised).contains("limits.record_bytes", "limits.deadline", "limits.inflate_ratio", "memory_limit");
        assertThat(settings).containsAll(raised);
    }

    @Test
    void noMessageSpeaksOfALimitWithoutItsName() {
        assertThat(sources()
                        .flatMap(String::lines)
                        .filter(line -> VAGUE.matcher(line).find()))
                .isEmpty();
    }

    @Test
    void theNamesThatMessagesMakeUpExist() {
        Set<String> decoded = sources()
                .flatMap(text -> DECODED.matcher(text).results().map(found -> "limits." + found.group(1)))
                .collect(Collectors.toSet());

        assertThat(decoded).hasSizeGreaterThan(4);
        assertThat(settings).containsAll(decoded);
        assertThat(settings)
                .containsAll(Stream.of(HttpLimits.Limit.values())
                        .filter(HttpLimits.Limit::ofBody)
                        .map(limit -> "limits." + limit.name().toLowerCase(Locale.ROOT))
                        .toList());
        assertThat(settings)
                .containsAll(EnumSet.range(Wait.RESPONSE_HEADERS, Wait.ATTEMPT).stream()
                        .map(wait -> "limits.timeouts." + wait.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Test
    void aSettingThatIsNotThereIsCaught() {
        assertThat(settings).doesNotContainAnyElementsOf(raised(Stream.of("\"; raise limits.nothing if\"")));
        assertThat(VAGUE.matcher("\"; raise the limit if the API\"").find()).isTrue();
    }
}
