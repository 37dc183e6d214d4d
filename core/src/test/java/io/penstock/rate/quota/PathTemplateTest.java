package io.penstock.rate.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTemplateTest {

    @ParameterizedTest
    @CsvSource({
        "/search, /search, true",
        "/search, /search/, true",
        "/search/, /search, true",
        "/search, /search/code, false",
        "/search, /Search, false",
        "/search/**, /search, true",
        "/search/**, /search/code/more, true",
        "/search/**, /searches, false",
        "/repos/{owner}/{repo}/issues, /repos/a/b/issues, true",
        "/repos/{owner}/{repo}/issues, /repos/a/issues, false",
        "/repos/*/issues, /repos/a%2Fb/issues, true",
        "/**, /anything/at/all, true",
        "/, /, true",
        "/, '', true",
        "/, /a, false",
        "/a//b, /a/x/b, false"
    })
    void saysWhichPathsItStandsFor(String template, String path, boolean matches) {
        assertThat(PathTemplate.parse(template).matches(path)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "search", "/a?b=1", "/a#b", "/{", "/{}", "/{a", "/a}", "/**/a", "/a**"})
    void refusesWhatIsNoTemplate(String text) {
        assertThatThrownBy(() -> PathTemplate.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/search/**");
    }

    @Test
    void isWrittenAsItWasRead() {
        assertThat(PathTemplate.parse("/a/{b}/**")).hasToString("/a/{b}/**");
    }
}
