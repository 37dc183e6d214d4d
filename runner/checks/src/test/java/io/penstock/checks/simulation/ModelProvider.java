package io.penstock.checks.simulation;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.sink.Sink;
import io.penstock.sink.SinkProvider;
import io.penstock.sink.SinkRuntime;
import java.util.List;
import java.util.function.Supplier;

/** Gives the sink of whichever process is alive. */
record ModelProvider(Supplier<Sink> alive) implements SinkProvider {

    @Override
    public String name() {
        return "model";
    }

    @Override
    public String summary() {
        return "A model of a store";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of();
    }

    @Override
    public Sink open(Config config, SinkRuntime runtime) {
        return alive.get();
    }
}
