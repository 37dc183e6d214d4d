package io.penstock.runner.catalogue;

import io.penstock.cache.CacheProvider;
import io.penstock.cache.MemoryCacheProvider;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.secret.SecretStoreProvider;
import io.penstock.sink.SinkProvider;
import io.penstock.source.SourceProvider;
import io.penstock.store.VaultProvider;
import java.util.Collection;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Every source, sink, cache, secret store and place for credentials there is. Immutable, safe for concurrent use. */
public final class Catalogue {

    private final Shelf<SourceProvider> sources;
    private final Shelf<SinkProvider> sinks;
    private final Shelf<CacheProvider> caches;
    private final Shelf<SecretStoreProvider> secretStores;
    private final Shelf<VaultProvider> vaults;

    private Catalogue(
            Shelf<SourceProvider> sources,
            Shelf<SinkProvider> sinks,
            Shelf<CacheProvider> caches,
            Shelf<SecretStoreProvider> secretStores,
            Shelf<VaultProvider> vaults) {
        this.sources = sources;
        this.sinks = sinks;
        this.caches = caches;
        this.secretStores = secretStores;
        this.vaults = vaults;
    }

    /**
     * What the service loader finds through {@code loader}.
     *
     * @throws ConfigError if two plug-ins of a kind have the same name, or one cannot be loaded
     */
    public static Catalogue load(ClassLoader loader) {
        try {
            return of(
                    found(SourceProvider.class, loader),
                    found(SinkProvider.class, loader),
                    found(CacheProvider.class, loader),
                    found(SecretStoreProvider.class, loader),
                    found(VaultProvider.class, loader));
        } catch (ServiceConfigurationError broken) {
            throw new ConfigError("a plug-in on the class path cannot be loaded: " + broken.getMessage(), broken);
        }
    }

    private static <P> List<P> found(Class<P> kind, ClassLoader loader) {
        return ServiceLoader.load(kind, loader).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /**
     * Exactly these, caches in memory, and no secret store or place for credentials.
     *
     * @throws ConfigError if two of a kind have the same name
     */
    public static Catalogue of(Collection<SourceProvider> sources, Collection<SinkProvider> sinks) {
        return of(sources, sinks, List.of(new MemoryCacheProvider()), List.of(), List.of());
    }

    /**
     * Exactly these.
     *
     * @throws ConfigError if two of a kind have the same name
     */
    public static Catalogue of(
            Collection<SourceProvider> sources,
            Collection<SinkProvider> sinks,
            Collection<CacheProvider> caches,
            Collection<SecretStoreProvider> secretStores,
            Collection<VaultProvider> vaults) {
        return new Catalogue(
                Shelf.of("source", sources.stream(), SourceProvider::name, SourceProvider::settings),
                Shelf.of("sink", sinks.stream(), SinkProvider::name, SinkProvider::settings),
                Shelf.of("cache", caches.stream(), CacheProvider::name, CacheProvider::settings),
                Shelf.of(
                        "secret store",
                        secretStores.stream(),
                        SecretStoreProvider::scheme,
                        SecretStoreProvider::settings),
                Shelf.of("credential store", vaults.stream(), VaultProvider::name, VaultProvider::settings));
    }

    /** The sources. */
    public Shelf<SourceProvider> sources() {
        return sources;
    }

    /** Where response caches keep answers. */
    public Shelf<CacheProvider> caches() {
        return caches;
    }

    /** Where credentials are kept that several processes share. */
    public Shelf<VaultProvider> vaults() {
        return vaults;
    }

    /** The sinks. */
    public Shelf<SinkProvider> sinks() {
        return sinks;
    }

    /** The secret stores, by the schemes of their references. */
    public Shelf<SecretStoreProvider> secretStores() {
        return secretStores;
    }
}
