package io.penstock.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeadersTest {

    private static final Headers RECEIVED = Headers.received(List.of(
            Map.entry("Link", "<a>; rel=next"),
            Map.entry("content-type", "Application/JSON; charset=utf-8"),
            Map.entry("LINK", "<b>; rel=last")));

    @Test
    void findsNamesWithoutRegardToCase() {
        assertThat(RECEIVED.first("link")).contains("<a>; rel=next");
        assertThat(RECEIVED.all("lInK")).containsExactly("<a>; rel=next", "<b>; rel=last");
        assertThat(RECEIVED.first("none")).isEmpty();
        assertThat(RECEIVED.all("none")).isEmpty();
        assertThat(RECEIVED.names()).containsExactly("content-type", "Link");
    }

    @Test
    void replacesAndRemovesWithoutTouchingTheOriginal() {
        assertThat(RECEIVED.with("LINK", "c").all("Link")).containsExactly("c");
        assertThat(RECEIVED.without("LINK").all("Link")).isEmpty();
        assertThat(RECEIVED.all("Link")).hasSize(2);
        assertThat(Headers.NONE.names()).isEmpty();
    }

    @Test
    void cannotBeChangedFromOutside() {
        assertThatThrownBy(() -> RECEIVED.all("Link").add("x")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> RECEIVED.names().iterator().remove()).isInstanceOf(RuntimeException.class);
    }

    @Test
    void tellsTheMediaTypeWithoutParameters() {
        assertThat(RECEIVED.mediaType()).isEqualTo("application/json");
        assertThat(Headers.NONE.mediaType()).isEmpty();
        assertThat(Headers.of(Map.of("Content-Type", ";")).mediaType()).isEmpty();
    }

    @Test
    void showsNamesOnly() {
        assertThat(Headers.of(Map.of("Authorization", "Bearer s3cret"))).hasToString("Headers[Authorization]");
    }
}
