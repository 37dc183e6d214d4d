package io.penstock.runner.secrets;

import io.penstock.config.Config;
import io.penstock.config.Problems;
import io.penstock.config.SecretSource;
import io.penstock.config.Setting;
import io.penstock.config.Type;
import io.penstock.config.Types;
import io.penstock.error.BadConfig.SecretMissing;
import io.penstock.error.PenstockException;
import io.penstock.runner.catalogue.Catalogue;
import io.penstock.secret.SecretRuntime;
import io.penstock.secret.SecretStore;
import io.penstock.secret.SecretStoreProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What a plan says under {@code secrets}: how each installed store is reached. */
public final class StoreSettings {

    /** The name of the part of a plan. */
    public static final String NAME = "secrets";

    private static final String DESCRIPTION = "How secret stores are reached, by the scheme of their references.";

    private final List<SecretStoreProvider> providers;
    private final Setting<Config> setting;

    /** Of the stores in {@code catalogue}. */
    public StoreSettings(Catalogue catalogue) {
        providers = catalogue.secretStores().all();
        List<Setting<?>> stores = new ArrayList<>();
        providers.forEach(provider -> stores.add(part(provider)));
        setting = Setting.optional(NAME, DESCRIPTION, Types.object(stores, config -> config));
    }

    private static Setting<Config> part(SecretStoreProvider provider) {
        return Setting.optional(
                provider.scheme(), provider.summary(), Types.object(provider.settings(), config -> config));
    }

    /** The part as a JSON Schema. */
    public Map<String, Object> schema() {
        return setting.schema();
    }

    /**
     * Opens every store, to be reached through the result.
     *
     * @param raw what the plan says; null if it says nothing
     * @param at takes note of problems, and finds the variables and files that the settings refer to
     */
    public SecretSource open(@Nullable Object raw, Type.Place at, Keyring keyring, Path directory) {
        Map<?, ?> given = raw instanceof Map<?, ?> map ? map : Map.of();
        if (raw != null) {
            setting.type().read(raw, at.child(NAME)); // notes what is wrong
        }
        Map<String, SecretStore> stores = new HashMap<>();
        boolean good = at.problems().none();
        for (SecretStoreProvider provider : providers) {
            keyring.runtime()
                    .ifPresent(runtime -> stores.put(
                            provider.scheme(),
                            good
                                    ? opened(provider, given.get(provider.scheme()), at, runtime)
                                    : new Unopened(provider.scheme(), at.problems())));
        }
        return keyring.in(directory, stores);
    }

    private static SecretStore opened(
            SecretStoreProvider provider, @Nullable Object given, Type.Place at, SecretRuntime runtime) {
        Problems problems = new Problems();
        Type.Place place = new Type.Place(NAME + "." + provider.scheme(), problems, at.secrets());
        Map<?, ?> raw = given instanceof Map<?, ?> map ? map : Map.of();
        try {
            Config config = Config.read(provider.settings(), raw, place);
            if (problems.none()) {
                return provider.open(config, runtime);
            }
        } catch (PenstockException | IllegalArgumentException unfit) {
            place.problem(String.valueOf(unfit.getMessage()));
        }
        if (given != null) {
            problems.all().forEach(problem -> at.problems().add(problem.path(), problem.message()));
        }
        return new Unopened(provider.scheme(), problems);
    }

    /** A store that lacks settings, which matters only if something refers to it. */
    private record Unopened(String scheme, Problems problems) implements SecretStore {

        @Override
        public Mono<String> read(String name) {
            return Mono.error(() -> new SecretMissing("${" + scheme + ":" + name + "} cannot be read: "
                    + String.join(
                            "; ",
                            problems.all().stream()
                                    .map(Problems.Problem::toString)
                                    .toList())));
        }

        @Override
        public void close() {}
    }
}
