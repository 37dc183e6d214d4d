package io.penstock.checks.endtoend;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.runner.catalogue.Catalogue;
import io.penstock.sink.CommitCadence;
import io.penstock.sink.Sink;
import io.penstock.sink.SinkProvider;
import io.penstock.sink.SinkRuntime;
import io.penstock.source.SourceProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The sinks that are installed, but for one thing: they ask for a commit after a few hundred rows, so that a small run has many.
 */
record SmallCommits(SinkProvider real, int rows) implements SinkProvider {

    /** Everything on the class path; with {@code rows} 0 just as it is. */
    static Catalogue catalogue(int rows) {
        ClassLoader loader = SmallCommits.class.getClassLoader();
        if (rows == 0) {
            return Catalogue.load(loader);
        }
        List<SinkProvider> sinks = ServiceLoader.load(SinkProvider.class, loader).stream()
                .map(ServiceLoader.Provider::get)
                .<SinkProvider>map(real -> new SmallCommits(real, rows))
                .toList();
        List<SourceProvider> sources = ServiceLoader.load(SourceProvider.class, loader).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return Catalogue.of(sources, sinks);
    }

    @Override
    public String name() {
        return real.name();
    }

    @Override
    public String summary() {
        return real.summary();
    }

    @Override
    public List<Setting<?>> settings() {
        return real.settings();
    }

    @Override
    public Sink open(Config config, SinkRuntime runtime) {
        Sink sink = real.open(config, runtime);
        CommitCadence usual = sink.cadence();
        CommitCadence often = new CommitCadence(rows, usual.bytes(), usual.age());
        return (Sink) Proxy.newProxyInstance(
                SmallCommits.class.getClassLoader(), new Class<?>[] {Sink.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("cadence")) {
                        return often;
                    }
                    try {
                        return method.invoke(sink, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
