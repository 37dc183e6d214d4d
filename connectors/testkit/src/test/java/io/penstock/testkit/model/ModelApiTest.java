package io.penstock.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ModelApiTest {

    @Test
    void settingsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> ModelApi.builder().port(65_536).build()).hasMessageContaining("port must be");
        assertThatThrownBy(() -> ModelApi.builder().records(-1).build()).hasMessageContaining("records must be");
        assertThatThrownBy(() -> ModelApi.builder().revision(0).build()).hasMessageContaining("revision must be");
        assertThatThrownBy(() -> ModelApi.builder().limit(1, Duration.ZERO).build())
                .hasMessageContaining("window must be");
        assertThatThrownBy(() ->
                        ModelApi.builder().limit(-1, Duration.ofSeconds(1)).build())
                .hasMessageContaining("limit must be");
        assertThatThrownBy(
                        () -> ModelApi.builder().latency(Duration.ofMillis(-1)).build())
                .hasMessageContaining("latency must not");
    }

    @Test
    void startsOnceAndClosesAsOftenAsAsked() {
        ModelApi api = ModelApi.builder().records(10).build();
        assertThatThrownBy(api::baseUrl).hasMessageContaining("call start() first");
        api.start();
        assertThat(api.baseUrl()).isEqualTo("http://127.0.0.1:" + api.port());
        assertThat(new Client(api, 1).json("/health").toString()).isEqualTo("{\"status\":\"ok\",\"revision\":1}");
        assertThatThrownBy(api::start).hasMessageContaining("started before");
        assertThatThrownBy(() -> api.revision(1001)).hasMessageContaining("1 to 1000");
        api.close();
        api.close();
        assertThatThrownBy(() -> new Client(api, 1).json("/health")).hasMessageContaining("ConnectException");
    }

    @Test
    void aTakenPortIsSaidSo() {
        try (ModelApi first = ModelApi.builder().build().start();
                ModelApi second = ModelApi.builder().port(first.port()).build()) {
            assertThatThrownBy(second::start).hasMessageContaining("Failed to bind");
        }
    }
}
