package io.penstock.runner.plan;

import io.penstock.config.Setting;
import io.penstock.runner.plan.Node.Entry;
import io.penstock.runner.plan.Node.Listing;
import io.penstock.runner.plan.Node.Mapping;
import io.penstock.runner.secrets.Keyring;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells of each value of a plan who has said it: the plan, a profile over it, or nobody. */
final class Origins {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([a-z][a-z0-9-]*):([^}]+?)(?::-[^}]*)?\\}");
    private static final String PROFILES = "profiles";

    private final Set<Node> ofPlan = Collections.newSetFromMap(new IdentityHashMap<>());
    private final String profile;
    private final Keyring keyring;
    private final List<Origin> origins = new ArrayList<>();

    Origins(Mapping plan, Optional<String> profile, Keyring keyring) {
        this.profile = profile.orElse("");
        this.keyring = keyring;
        plan.entries().forEach((name, entry) -> {
            if (!name.equals(PROFILES)) {
                note(entry.value());
            }
        });
    }

    private void note(Node node) {
        ofPlan.add(node);
        if (node instanceof Mapping mapping) {
            mapping.entries().values().forEach(entry -> note(entry.value()));
        } else if (node instanceof Listing list) {
            list.items().forEach(this::note);
        }
    }

    /** Of the values of {@code whole}, and of the settings of {@code connections} that nobody has given. */
    List<Origin> of(Mapping whole, List<PlannedConnection> connections) {
        whole.entries().forEach((name, entry) -> {
            if (!name.equals(PROFILES)) {
                list(name, entry.value());
            }
        });
        for (PlannedConnection connection : connections) {
            String path = "connections." + connection.id().name() + ".";
            defaults(path + "source.", connection.source().provider(), connection.source());
            defaults(path + "sink.", connection.sink().provider(), connection.sink());
        }
        return origins;
    }

    private void list(String path, Node node) {
        if (node instanceof Mapping mapping) {
            for (Map.Entry<String, Entry> member : mapping.entries().entrySet()) {
                list(path + "." + member.getKey(), member.getValue().value());
            }
        } else if (node instanceof Listing items) {
            for (int i = 0; i < items.items().size(); i++) {
                list(path + "." + i, items.items().get(i));
            }
        } else {
            String value = String.valueOf(node.plain());
            origins.add(new Origin(path, keyring.redaction().hide(value), from(node, value)));
        }
    }

    private String from(Node node, String value) {
        StringBuilder from = new StringBuilder(ofPlan.contains(node) ? "plan" : "profile " + profile);
        from.append(" line ").append(node.mark().line());
        Matcher reference = REFERENCE.matcher(value);
        while (reference.find()) {
            from.append(", ").append(referred(reference.group(1), reference.group(2)));
        }
        return from.toString();
    }

    private String referred(String scheme, String name) {
        return scheme.equals("env")
                ? name + " from " + keyring.origin(name).orElse("its default")
                : scheme + " " + name;
    }

    private void defaults(String path, Object provider, Plugin<?> plugin) {
        for (Setting<?> setting : settings(provider)) {
            if (!plugin.config().has(setting) && setting.fallback().isPresent()) {
                String value = setting.fallback().map(String::valueOf).orElse("");
                origins.add(new Origin(path + setting.name(), value, "default"));
            }
        }
    }

    private static List<Setting<?>> settings(Object provider) {
        if (provider instanceof io.penstock.source.SourceProvider source) {
            return source.settings();
        }
        return provider instanceof io.penstock.sink.SinkProvider sink ? sink.settings() : List.of();
    }
}
