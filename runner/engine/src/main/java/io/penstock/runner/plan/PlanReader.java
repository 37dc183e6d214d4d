package io.penstock.runner.plan;

import io.penstock.config.Nearest;
import io.penstock.config.Problems;
import io.penstock.config.SecretSource;
import io.penstock.config.Type;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.runner.catalogue.Catalogue;
import io.penstock.runner.plan.Node.Entry;
import io.penstock.runner.plan.Node.Mapping;
import io.penstock.runner.secrets.Keyring;
import io.penstock.runner.secrets.StoreSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a text into a judged plan, or into all that is wrong with it. */
final class PlanReader {

    private static final String PROFILES = "profiles";

    private final String name;
    private final Path directory;
    private final PlanSettings settings;
    private final StoreSettings stores;
    private final Keyring keyring;

    PlanReader(String name, Path directory, Catalogue catalogue, Keyring keyring) {
        this.name = name;
        this.directory = directory;
        this.settings = new PlanSettings(catalogue);
        this.stores = new StoreSettings(catalogue);
        this.keyring = keyring;
    }

    Plan read(String yaml, Optional<String> profile) {
        try {
            Node root = StrictYaml.read(yaml);
            if (!(root instanceof Mapping plan)) {
                throw new YamlProblem(root.mark(), "a plan is a mapping with connections");
            }
            Mapping whole = profile.map(wanted -> overlaid(plan, wanted)).orElse(plan);
            PlanSettings.Read read = judged(whole);
            List<Origin> origins = new Origins(plan, profile, keyring).of(whole, read.connections());
            return new Plan(name, directory, read.connections(), read.credentials(), keyring.redaction(), origins);
        } catch (YamlProblem broken) {
            throw new ConfigError(name + ":" + broken.mark() + " " + broken.getMessage());
        }
    }

    private PlanSettings.Read judged(Mapping plan) {
        Problems found = new Problems();
        LiteralSecrets.refuse(plan, found);
        Map<String, @Nullable Object> raw = plan.plain();
        SecretSource plain = keyring.in(directory);
        Object given = raw.remove(StoreSettings.NAME);
        SecretSource all = stores.open(given, new Type.Place("", found, plain), keyring, directory);
        PlanSettings.Read read = settings.read(raw, new Type.Place("", found, all));
        Problems placed = new Problems();
        for (Problems.Problem problem : found.all()) {
            placed.add(
                    name + ":" + Marks.of(plan, problem.path()) + " " + problem.path(),
                    keyring.redaction().hide(problem.message()));
        }
        placed.throwIfAny("the plan " + name);
        return read;
    }

    private static Mapping overlaid(Mapping plan, String wanted) {
        Entry profiles = plan.entries().get(PROFILES);
        Map<String, Entry> known =
                profiles != null && profiles.value() instanceof Mapping mapping ? mapping.entries() : Map.of();
        Set<String> names = known.keySet();
        Entry profile = known.get(wanted);
        if (profile == null) {
            throw new YamlProblem(
                    profiles == null ? plan.mark() : profiles.key(),
                    "there is no profile " + wanted + Nearest.hint(wanted, names));
        }
        return profile.value() instanceof Mapping over ? plan.merged(over) : plan;
    }
}
