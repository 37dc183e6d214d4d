package io.penstock.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.BadConfig.ConfigError;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigTest {

    private static final Setting<URI> BASE = Setting.required("base_url", "Where the API is.", Types.url());
    private static final Setting<Long> SIZE = Setting.of("page_size", "Records a page.", Types.integer(1, 100), 50);
    private static final Setting<Duration> AGE = Setting.optional("age", "How old.", Types.duration());
    private static final Setting<Secret> TOKEN = Setting.optional("token", "The token.", Types.secret());
    private static final List<Setting<?>> ALL = List.of(BASE, SIZE, AGE, TOKEN);

    @Test
    void readsValuesAndFallbacks() {
        Config config = Config.of(ALL, Map.of("base_url", "https://h/v1", "age", "5m"));
        assertThat(config.value(BASE)).isEqualTo(URI.create("https://h/v1"));
        assertThat(config.value(SIZE)).isEqualTo(50);
        assertThat(config.optional(AGE)).contains(Duration.ofMinutes(5));
        assertThat(config.optional(TOKEN)).isEmpty();
        assertThat(config.has(AGE)).isTrue();
        assertThat(config.has(SIZE)).isFalse();
    }

    @Test
    void askingForAValueThatCannotBeThereIsABug() {
        Config config = Config.of(ALL, Map.of("base_url", "https://h"));
        assertThatThrownBy(() -> config.value(AGE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("age");
    }

    @Test
    void namesEveryProblemAtOnceWithPathAndHint() {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("page_size", 500);
        raw.put("age", "soon");
        raw.put("tokn", "x");
        assertThatThrownBy(() -> Config.of(ALL, raw))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("4 problems")
                .hasMessageContaining("base_url: is missing: Where the API is. Expected http or https URL.")
                .hasMessageContaining("page_size: expected a whole number from 1 to 100, found 500")
                .hasMessageContaining("age: expected a duration")
                .hasMessageContaining("tokn: is not a known setting: did you mean token?");
    }

    @Test
    void aLiteralSecretIsRefusedWithoutBeingRepeated() {
        assertThatThrownBy(() -> Config.of(ALL, Map.of("base_url", "https://h", "token", "hunter2")))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("${env:TOKEN}")
                .satisfies(error -> assertThat(error.getMessage()).doesNotContain("hunter2"));
    }

    @Test
    void resolvesReferencesInsideTextsAndTakesDefaults() {
        Setting<String> name = Setting.required("name", "A name.", Types.text());
        SecretSource source = SecretSource.of(Map.of("A", "one", "B", "$2\\"));
        assertThat(read(name, "<${env:A}-${env:B}>", source)).contains("<one-$2\\>");
        assertThat(read(name, "${env:C:-none}", source)).contains("none");
        assertThat(read(name, "${env:A:-none}", source)).contains("one");
        assertThat(read(name, "$A ${A} {env:A}", source)).contains("$A ${A} {env:A}");
    }

    @Test
    void aReferenceToNothingIsAProblemThatNamesIt() {
        Problems problems = new Problems();
        Setting<String> name = Setting.required("name", "A name.", Types.text());
        Config.read(
                List.of(name),
                Map.of("name", "${env:MISSING}"),
                new Type.Place("a.b", problems, SecretSource.of(Map.of())));
        assertThat(problems.all())
                .singleElement()
                .hasToString("a.b.name: the environment variable MISSING is not set: export MISSING=...");
    }

    private static Optional<String> read(Setting<String> setting, Object raw, SecretSource source) {
        Problems problems = new Problems();
        Config config =
                Config.read(List.of(setting), Map.of(setting.name(), raw), new Type.Place("", problems, source));
        assertThat(problems.all()).isEmpty();
        return config.optional(setting);
    }

    @Test
    void describesItselfAsASchema() {
        assertThat(SIZE.schema())
                .containsEntry("description", "Records a page.")
                .containsEntry("default", 50);
        assertThat(BASE.schema()).doesNotContainKey("default");
        assertThat(BASE.required()).isTrue();
        assertThat(SIZE.required()).isFalse();
    }
}
