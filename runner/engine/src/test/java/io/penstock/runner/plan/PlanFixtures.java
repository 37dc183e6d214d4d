package io.penstock.runner.plan;

import io.penstock.config.Config;
import io.penstock.config.Secret;
import io.penstock.config.Setting;
import io.penstock.config.Types;
import io.penstock.runner.catalogue.Catalogue;
import io.penstock.sink.Sink;
import io.penstock.sink.SinkProvider;
import io.penstock.sink.SinkRuntime;
import io.penstock.source.Source;
import io.penstock.source.SourceProvider;
import io.penstock.source.SourceRuntime;
import java.net.URI;
import java.util.List;

/** Providers whose settings are judged and that are never opened. */
final class PlanFixtures {

    static final Setting<URI> BASE = Setting.required("base_url", "Where it is.", Types.url());
    static final Setting<Secret> TOKEN = Setting.required("token", "Lets you in.", Types.secret());
    static final Setting<String> PATH = Setting.required("path", "The file.", Types.text());
    static final Catalogue CATALOGUE = Catalogue.of(List.of(new Letters()), List.of(new Drawer()));

    private PlanFixtures() {}

    private static final class Letters implements SourceProvider {
        @Override
        public String name() {
            return "letters";
        }

        @Override
        public String summary() {
            return "letters";
        }

        @Override
        public List<Setting<?>> settings() {
            return List.of(BASE, TOKEN);
        }

        @Override
        public Source open(Config config, SourceRuntime runtime) {
            throw new AssertionError("judging a plan opens nothing");
        }
    }

    private static final class Drawer implements SinkProvider {
        @Override
        public String name() {
            return "drawer";
        }

        @Override
        public String summary() {
            return "a drawer";
        }

        @Override
        public List<Setting<?>> settings() {
            return List.of(PATH);
        }

        @Override
        public Sink open(Config config, SinkRuntime runtime) {
            throw new AssertionError("judging a plan opens nothing");
        }
    }
}
