package io.penstock.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {

    @ParameterizedTest
    @CsvSource({
        "https://API.Example.com/x?y#z, https://api.example.com, 443",
        "HTTP://h, http://h, 80",
        "http://h:8080/, http://h:8080, 8080",
        "https://h:443, https://h, 443",
        "https://h:80, https://h:80, 80",
        "https://[::1]:9/, https://[::1]:9, 9",
        "http://h:/x, http://h, 80"
    })
    void isSchemeHostAndPort(String url, String text, int port) {
        Origin origin = Origin.of(URI.create(url));
        assertThat(origin).hasToString(text);
        assertThat(origin.port()).isEqualTo(port);
        assertThat(origin.secure()).isEqualTo(text.startsWith("https"));
    }

    @Test
    void tellsPortsAndSchemesApart() {
        assertThat(Origin.of(URI.create("http://h"))).isNotEqualTo(Origin.of(URI.create("https://h")));
        assertThat(Origin.of(URI.create("http://h:81"))).isNotEqualTo(Origin.of(URI.create("http://h")));
        assertThat(Origin.of(URI.create("http://H:80"))).isEqualTo(Origin.of(URI.create("http://h/x")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"h/x", "file:///etc/passwd", "http://u@h", "http:///x", "http://h:99999/", "http://h:0/"})
    void refusesEverythingElse(String url) {
        assertThatThrownBy(() -> Origin.of(URI.create(url))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"a b/c, a%20b%2Fc", "ü, %C3%BC", "a-._~9Z, a-._~9Z", "%, %25", "a:b@c?d#e, a%3Ab%40c%3Fd%23e"})
    void encodesAPathSegment(String raw, String encoded) {
        assertThat(PathText.segment(raw)).isEqualTo(encoded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void refusesASegmentThatWalksToAnotherPath(String raw) {
        assertThatThrownBy(() -> PathText.segment(raw)).isInstanceOf(IllegalArgumentException.class);
    }
}
