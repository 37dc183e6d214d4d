package io.penstock.connectors.rest;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Type;
import io.penstock.config.Types;
import io.penstock.retry.AnswerRule;
import io.penstock.retry.AnswerRule.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What answers of an API mean where they mean something else than HTTP says, as a plan writes it. */
final class ErrorRules {

    static final Setting<List<Long>> STATUS = Setting.of(
            "status",
            "The statuses it is for; every status by default.",
            Types.listOf(Types.integer(200, 599)),
            List.of());
    static final Setting<Map<String, String>> HEADERS = Setting.of(
            "headers",
            "Headers the answer must have, with their value or * for any.",
            Types.mapOf(Types.text()),
            Map.of());
    static final Setting<Map<String, String>> BODY = Setting.of(
            "body",
            "Values a JSON body must have, by JSON Pointer, or * for any.",
            Types.mapOf(Types.text()),
            Map.of());
    static final Setting<Verdict> THEN = Setting.required(
            "then",
            "What it means: retry (the server failed), fail (refused for good) or throttle (the quota is spent).",
            Types.oneOf(Verdict.class));
    static final Setting<Duration> WAIT = Setting.of(
            "wait",
            "How long a throttle waits at least where the server does not say; 0s for the usual backoff.",
            Types.duration(),
            Duration.ZERO);

    static final Type<AnswerRule> TYPE = Types.object(List.of(STATUS, HEADERS, BODY, THEN, WAIT), ErrorRules::rule);

    private ErrorRules() {}

    private static AnswerRule rule(Config config) {
        AnswerRule.When when = AnswerRule.status(
                config.value(STATUS).stream().mapToInt(Long::intValue).toArray());
        config.value(HEADERS).forEach(when::header);
        config.value(BODY).forEach(when::body);
        return switch (config.value(THEN)) {
            case RETRY -> when.retry();
            case FAIL -> when.fail();
            case THROTTLE -> when.throttle(config.value(WAIT));
        };
    }
}
