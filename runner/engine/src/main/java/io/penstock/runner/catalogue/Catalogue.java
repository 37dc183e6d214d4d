package io.penstock.runner.catalogue;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.sink.SinkProvider;
import io.penstock.source.SourceProvider;
import java.util.Collection;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Every source and sink there is. Immutable, safe for concurrent use. */
public final class Catalogue {

    private final Shelf<SourceProvider> sources;
    private final Shelf<SinkProvider> sinks;

    private Catalogue(Shelf<SourceProvider> sources, Shelf<SinkProvider> sinks) {
        this.sources = sources;
        this.sinks = sinks;
    }

    /**
     * What the service loader finds through {@code loader}.
     *
     * @throws ConfigError if two plug-ins of a kind have the same name, or one cannot be loaded
     */
    public static Catalogue load(ClassLoader loader) {
        try {
            return of(
                    ServiceLoader.load(SourceProvider.class, loader).stream()
                            .map(ServiceLoader.Provider::get)
                            .toList(),
                    ServiceLoader.load(SinkProvider.class, loader).stream()
                            .map(ServiceLoader.Provider::get)
                            .toList());
        } catch (ServiceConfigurationError broken) {
            throw new ConfigError("a plug-in on the class path cannot be loaded: " + broken.getMessage(), broken);
        }
    }

    /**
     * Exactly these.
     *
     * @throws ConfigError if two of a kind have the same name
     */
    public static Catalogue of(Collection<SourceProvider> sources, Collection<SinkProvider> sinks) {
        return new Catalogue(
                Shelf.of("source", sources.stream(), SourceProvider::name, SourceProvider::settings),
                Shelf.of("sink", sinks.stream(), SinkProvider::name, SinkProvider::settings));
    }

    /** The sources. */
    public Shelf<SourceProvider> sources() {
        return sources;
    }

    /** The sinks. */
    public Shelf<SinkProvider> sinks() {
        return sinks;
    }
}
