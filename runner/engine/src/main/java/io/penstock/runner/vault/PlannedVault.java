package io.penstock.runner.vault;

import io.penstock.config.Config;
import io.penstock.config.Secret;
import io.penstock.config.Setting;
import io.penstock.runner.catalogue.Shelf;
import io.penstock.store.VaultProvider;
import io.penstock.store.VaultServer;
import java.util.List;
import java.util.random.RandomGenerator;
import reactor.core.scheduler.Scheduler;

/**
 * The place for credentials that a plan names.
 *
 * @param provider opens it
 * @param config its settings, judged
 * @param key what is kept is encrypted with
 */
public record PlannedVault(VaultProvider provider, Config config, Secret key) {

    /** The setting called {@code credentials}, given the places there are. */
    public static Setting<PlannedVault> setting(Shelf<VaultProvider> places) {
        return Setting.optional(
                "credentials",
                "Where credentials are kept that several processes share and that change while they are used. By default a folder of"
                        + " this machine's user.",
                new VaultType(places));
    }

    /** What all places have in common. */
    public static List<Setting<?>> settings() {
        return VaultType.COMMON;
    }

    /** Opens it; nothing is connected yet. */
    public OpenVault open(Scheduler timer, RandomGenerator random) {
        VaultServer server = provider.open(config, timer, random);
        return new OpenVault(server.vault(key), server);
    }

    /** The place's name; settings stay unseen. */
    @Override
    public String toString() {
        return provider.name();
    }
}
