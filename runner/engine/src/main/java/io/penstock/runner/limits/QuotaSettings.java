package io.penstock.runner.limits;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Type;
import io.penstock.config.Types;
import io.penstock.message.Method;
import io.penstock.rate.RateLimit;
import io.penstock.rate.quota.PathTemplate;
import io.penstock.rate.quota.QuotaRule;
import java.util.List;

/** Limits of some of the requests, as a plan writes them. */
final class QuotaSettings {

    private static final int ANY_NUMBER = 1_000;

    private static final Setting<PathTemplate> PATH = Setting.required(
            "path",
            "Which paths below the base URL, such as /repos/{owner}/issues, or /search/** for all below.",
            Types.parsed("path such as /search/**", PathTemplate::parse));
    private static final Setting<Method> METHOD =
            Setting.optional("method", "Which method; any by default.", Types.oneOf(Method.class));
    private static final Setting<String> NAME = Setting.optional(
            "name", "What the quota is called in summaries and meters; the path by default.", Types.text());
    private static final Setting<List<RateLimit>> REQUESTS = Setting.of(
            "requests",
            "The most of these requests in any window of a length; a list if there are several.",
            Types.listOf(RateLimit.type()),
            List.of());
    private static final Setting<Long> CONCURRENCY = Setting.of(
            "concurrency",
            "How many of these requests may be under way at once.",
            Types.integer(1, ANY_NUMBER),
            ANY_NUMBER);
    private static final Setting<Boolean> APART = Setting.of(
            "apart",
            "Whether the API counts these requests apart, so that they spend nothing of later rules and of the connection's limits.",
            Types.bool(),
            false);

    static final Type<QuotaRule> TYPE =
            Types.object(List.of(PATH, METHOD, NAME, REQUESTS, CONCURRENCY, APART), QuotaSettings::rule);

    private QuotaSettings() {}

    private static QuotaRule rule(Config rule) {
        if (rule.value(REQUESTS).isEmpty() && !rule.has(CONCURRENCY)) {
            throw new IllegalArgumentException("a quota limits something: add requests, such as 30/m, or concurrency");
        }
        String shown = rule.optional(METHOD).map(method -> method + " ").orElse("") + rule.value(PATH);
        return new QuotaRule(
                rule.optional(NAME).orElse(shown),
                rule.optional(METHOD),
                rule.value(PATH),
                rule.value(REQUESTS),
                rule.value(CONCURRENCY).intValue(),
                rule.value(APART));
    }
}
