package io.penstock.connectors.rest;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.source.Source;
import io.penstock.source.SourceProvider;
import io.penstock.source.SourceRuntime;
import java.util.List;

/** Makes sources that read a JSON API described in the plan: REST or GraphQL. */
public final class RestProvider implements SourceProvider {

    /** For the service loader. */
    public RestProvider() {}

    @Override
    public String name() {
        return "rest";
    }

    @Override
    public String summary() {
        return "Any REST or GraphQL API that answers in JSON, described in the plan";
    }

    @Override
    public List<Setting<?>> settings() {
        return RestSettings.ALL;
    }

    @Override
    public Source open(Config config, SourceRuntime runtime) {
        return new RestSource(config, runtime);
    }
}
