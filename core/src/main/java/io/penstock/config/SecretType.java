package io.penstock.config;

import io.penstock.error.BadConfig.SecretMissing;
import java.util.Map;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** A reference to a secret; a literal is refused without being repeated. */
final class SecretType implements Type<Secret> {

    @Override
    public @Nullable Secret read(Object raw, Place at) {
        if (raw instanceof Secret ready) {
            return ready;
        }
        Matcher reference = References.PATTERN.matcher(String.valueOf(raw));
        if (!reference.matches()) {
            at.problem("a secret must be a reference such as ${env:" + variable(at.path())
                    + "} or ${file:path}, not the secret itself");
            return null;
        }
        if (reference.group(2).contains(":-")) {
            at.problem("a secret has no default: take out what follows :- and set the secret");
            return null;
        }
        try {
            return at.secrets().resolve(reference.group(1), reference.group(2));
        } catch (SecretMissing missing) {
            at.problem(String.valueOf(missing.getMessage()));
            return null;
        }
    }

    private static String variable(String path) {
        return path.substring(path.lastIndexOf('.') + 1)
                .toUpperCase(java.util.Locale.ROOT)
                .replace('-', '_');
    }

    @Override
    public String words() {
        return "reference to a secret, such as ${env:NAME}";
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "string", "pattern", "^\\$\\{[a-z-]+:[^}]+\\}$", "writeOnly", true);
    }
}
