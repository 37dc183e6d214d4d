package io.penstock.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.penstock.auth.Authenticator;
import io.penstock.auth.Credential;
import io.penstock.auth.CredentialPool;
import io.penstock.auth.Login;
import io.penstock.client.exchange.Exchange;
import io.penstock.client.typed.Json;
import io.penstock.decode.format.Format;
import io.penstock.message.ApiRequest;
import io.penstock.message.Method;
import io.penstock.message.Origin;
import io.penstock.message.PathText;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes calls from a base URL and defaults, all through one exchange. */
final class ComposedClient implements ApiClient {

    private final URI base;
    private final Exchanges exchanges;
    private final Exchange exchange;
    private final Authenticator credential;
    private final Defaults defaults;
    private final Runnable onClose;

    ComposedClient(URI base, Exchanges exchanges, Authenticator credential, Defaults defaults, Runnable onClose) {
        this.base = base;
        this.exchanges = exchanges;
        this.exchange = exchanges.of(credential);
        this.credential = credential;
        this.defaults = defaults;
        this.onClose = onClose;
    }

    /**
     * What holds for every call that does not say otherwise.
     *
     * @param headers headers
     * @param query query parameters
     * @param plain how bodies are written and how large they may be
     */
    record Defaults(Map<String, String> headers, Map<String, String> query, Format plain) {

        Defaults {
            headers = new LinkedHashMap<>(headers);
            query = new LinkedHashMap<>(query);
        }
    }

    @Override
    public ApiCall call(Method method, String path) {
        ApiRequest request = path.startsWith("/") || path.isEmpty()
                ? ApiRequest.of(method, below(path))
                : ApiRequest.of(method, URI.create(path)).derived();
        return ComposedCall.of(
                exchanges,
                exchange,
                defaults.plain(),
                request.origin().equals(Origin.of(base)) ? withDefaults(request) : request);
    }

    /** Defaults may hold keys, so they stay at home. */
    private ApiRequest withDefaults(ApiRequest bare) {
        ApiRequest request = bare;
        for (Map.Entry<String, String> header : defaults.headers().entrySet()) {
            request = request.header(header.getKey(), header.getValue());
        }
        for (Map.Entry<String, String> parameter : defaults.query().entrySet()) {
            request = request.query(parameter.getKey(), parameter.getValue());
        }
        return request;
    }

    private URI below(String path) {
        PathText.requireNoSteps(path);
        String root = base.toString();
        return URI.create((root.endsWith("/") && !path.isEmpty() ? root.substring(0, root.length() - 1) : root) + path);
    }

    @Override
    public ApiCall graphql(String path, String text, Map<String, ?> variables) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("query", text);
        body.put("variables", variables);
        try {
            return call(Method.POST, path)
                    .body("application/json", Json.MAPPER.writeValueAsBytes(body))
                    .idempotent();
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException("the variables cannot be written as JSON", unwritable);
        }
    }

    @Override
    public ApiClient with(Credential other) {
        return bearing(exchanges.open(other));
    }

    private ApiClient bearing(Authenticator other) {
        return new ComposedClient(base, exchanges, other, defaults, () -> {});
    }

    @Override
    public List<ApiClient> each() {
        return credential instanceof CredentialPool pool
                ? pool.members().stream().map(this::bearing).toList()
                : List.of(this);
    }

    @Override
    public URI base() {
        return base;
    }

    @Override
    public Optional<Login> login() {
        return exchange.login();
    }

    @Override
    public void close() {
        onClose.run();
    }
}
