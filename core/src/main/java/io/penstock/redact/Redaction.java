package io.penstock.redact;

import io.penstock.config.Secret;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Takes secrets out of a text: what stands behind telling names, and every secret it has learned, in each form in which secrets
 * usually travel (plain, Base64 in three alignments, Base64 for URLs, hexadecimal, percent- and JSON-escaped).
 *
 * <p>The last step of everything that a run shows. Secrets below 6 bytes are left to their names: they would be found by chance. What
 * was once learned stays hidden, also when the secret has been replaced. Safe for concurrent use; never blocks.
 */
public final class Redaction {

    /** Secrets with fewer bytes are not searched for. */
    public static final int SHORTEST = 6;

    /** What is shown instead of a secret. */
    public static final String MASK = "***";

    private final AtomicReference<Known> known = new AtomicReference<>(new Known(Set.of(), PatternScan.of(Set.of())));

    /** The forms of all secrets, and the machine that finds them. */
    private record Known(Set<String> forms, PatternScan scan) {

        Known with(Set<String> more) {
            if (forms.containsAll(more)) {
                return this;
            }
            Set<String> all = new LinkedHashSet<>(forms);
            all.addAll(more);
            return new Known(all, PatternScan.of(all));
        }
    }

    /** Knows no secret yet, only telling names. */
    public static Redaction empty() {
        return new Redaction();
    }

    /** Knows these. */
    public static Redaction of(Collection<Secret> secrets) {
        Redaction redaction = new Redaction();
        secrets.forEach(redaction::learn);
        return redaction;
    }

    /** From now on hides {@code secret} too. */
    public void learn(Secret secret) {
        secret.reveal(text -> {
            learn(text);
            return text.length();
        });
    }

    /** From now on hides {@code text} too. */
    public void learn(String text) {
        Set<String> forms = SecretForms.of(text);
        known.updateAndGet(before -> before.with(forms));
    }

    /** {@code text} without secrets: for what people read, and logs. */
    public String hide(String text) {
        return TellingNames.mask(hideKnown(text));
    }

    /** {@code text} without the secrets that are known: for records, in which telling names are names like others. */
    public String hideKnown(String text) {
        return Objects.requireNonNull(known.get()).scan().mask(text);
    }

    /** Whether {@code text} holds nothing that {@link #hide} would take out. */
    public boolean passes(String text) {
        return hide(text).equals(text);
    }
}
