package io.penstock.connectors.reference;

import io.penstock.client.ApiClient;
import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Types;
import io.penstock.source.Source;
import io.penstock.source.SourceProvider;
import io.penstock.source.SourceRuntime;
import java.net.URI;
import java.util.List;

/** Makes sources that read the model API, which comes with the test kit and the demo. */
public final class ReferenceProvider implements SourceProvider {

    static final Setting<URI> BASE_URL =
            Setting.required("base_url", "Where the API answers, such as http://127.0.0.1:8080.", Types.url());
    static final Setting<Long> PAGE_SIZE =
            Setting.of("page_size", "Records to ask for in one request.", Types.integer(1, 1000), 500);

    /** For the service loader. */
    public ReferenceProvider() {}

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public String summary() {
        return "The model API that comes with Penstock: six streams in six styles of paging";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(
                BASE_URL, Credentials.TOKEN, Credentials.API_KEY, Credentials.USER, Credentials.PASSWORD, PAGE_SIZE);
    }

    @Override
    public Source open(Config config, SourceRuntime runtime) {
        ApiClient api = runtime.client()
                .apply(config.value(BASE_URL))
                .auth(Credentials.of(config))
                .build();
        return new ReferenceSource(
                api, runtime.connection(), config.value(PAGE_SIZE).intValue());
    }
}
