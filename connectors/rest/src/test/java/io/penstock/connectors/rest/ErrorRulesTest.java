package io.penstock.connectors.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.config.Config;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.message.Headers;
import io.penstock.retry.AnswerRule;
import io.penstock.retry.AnswerRule.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ErrorRulesTest {

    private static List<AnswerRule> rules(String yaml) {
        return Config.of(List.of(RestSettings.ERRORS), Plans.yaml(yaml)).value(RestSettings.ERRORS);
    }

    @Test
    void readsARuleAsAPlanWritesIt() {
        AnswerRule rule = rules("errors: [{ status: 403, headers: { X-Left: \"0\" }, then: throttle, wait: 30s }]")
                .get(0);
        Headers spent = Headers.of(Map.of("x-left", "0"));
        assertThat(rule.verdict()).isEqualTo(Verdict.THROTTLE);
        assertThat(rule.atLeast()).isEqualTo(Duration.ofSeconds(30));
        assertThat(rule.holds(403, spent, pointer -> Optional.empty())).isTrue();
        assertThat(rule.holds(429, spent, pointer -> Optional.empty())).isFalse();
        assertThat(rule.holds(403, Headers.NONE, pointer -> Optional.empty())).isFalse();
    }

    @Test
    void looksIntoTheBody() {
        AnswerRule rule = rules("errors: { status: 200, body: { /ok: \"false\" }, then: fail }")
                .get(0);
        assertThat(rule.holds(200, Headers.NONE, pointer -> Optional.of("false")))
                .isTrue();
        assertThat(rule.holds(200, Headers.NONE, pointer -> Optional.of("true")))
                .isFalse();
    }

    @Test
    void saysWhatIsWrongWithARule() {
        assertThatThrownBy(() -> rules("errors: [{ status: 403, then: retry }]"))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("throttle");
        assertThatThrownBy(() -> rules("errors: [{ body: { ok: x }, then: fail }]"))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("/ok");
    }
}
