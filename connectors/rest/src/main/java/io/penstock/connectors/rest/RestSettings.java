package io.penstock.connectors.rest;

import io.penstock.auth.Credential;
import io.penstock.auth.setting.AuthSettings;
import io.penstock.client.ApiClient;
import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Types;
import io.penstock.http.outbound.OutboundSettings;
import io.penstock.rate.RateLimit;
import io.penstock.retry.AnswerRule;
import io.penstock.source.SourceRuntime;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What can be said of the API as a whole. */
final class RestSettings {

    static final Setting<URI> BASE_URL = Setting.required(
            "base_url", "The URL that all paths are below, such as https://api.example.com/v2.", Types.url());
    static final Setting<Credential> AUTH = Setting.optional(
            "auth",
            "The credential: one of api_key, bearer, basic, digest, oauth2, session, jwt, hmac and aws; all, for several at once;"
                    + " pool, to take turns. None by default.",
            AuthSettings.TYPE);
    static final Setting<Map<String, String>> HEADERS =
            Setting.of("headers", "Headers of every request.", Types.mapOf(Types.text()), Map.of());
    static final Setting<Map<String, String>> PARAMS = Setting.of(
            "params",
            "Query parameters of every stream; a stream's own come first.",
            Types.mapOf(Types.text()),
            Map.of());
    static final Setting<List<RateLimit>> REQUESTS = Setting.of(
            "requests",
            "How many requests in what time, such as 20/s or 1000/h; several hold together.",
            Types.listOf(Types.parsed("limit such as 20/s", RateLimit::parse)),
            List.of());
    static final Setting<Long> CONCURRENCY =
            Setting.optional("concurrency", "How many requests may be under way at once.", Types.integer(1, 1000));
    static final Setting<Config> LIMITS = Setting.optional(
            "limits",
            "Limits of this API, which hold beside those of the connection.",
            Types.object(List.of(REQUESTS, CONCURRENCY), limits -> limits));
    static final Setting<List<AnswerRule>> ERRORS = Setting.of(
            "errors",
            "What answers mean where they mean something else than HTTP says; the first rule that holds decides.",
            Types.listOf(ErrorRules.TYPE),
            List.of());
    static final Setting<Map<String, StreamSpec>> STREAMS =
            Setting.required("streams", "What to read, by name.", new StreamsType());

    static final List<Setting<?>> ALL = Stream.of(
                    List.<Setting<?>>of(BASE_URL, AUTH, HEADERS, PARAMS, LIMITS, ERRORS),
                    OutboundSettings.ALL,
                    List.<Setting<?>>of(STREAMS))
            .<Setting<?>>flatMap(List::stream)
            .toList();

    private RestSettings() {}

    /** A client of the API that {@code config} describes. */
    static ApiClient client(Config config, SourceRuntime runtime) {
        ApiClient.Builder builder = runtime.client().apply(config.value(BASE_URL));
        config.optional(AUTH).ifPresent(builder::auth);
        config.value(HEADERS).forEach(builder::header);
        builder.rules(config.value(ERRORS));
        builder.outbound(OutboundSettings.rules(config, config.value(BASE_URL)));
        config.optional(LIMITS).ifPresent(limits -> {
            limits.value(REQUESTS).forEach(builder::limit);
            limits.optional(CONCURRENCY).ifPresent(count -> builder.concurrency(count.intValue()));
        });
        return builder.build();
    }
}
