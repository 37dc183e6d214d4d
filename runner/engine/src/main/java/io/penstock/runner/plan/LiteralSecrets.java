package io.penstock.runner.plan;

import io.penstock.config.Problems;
import io.penstock.redact.TellingNames;
import io.penstock.runner.plan.Node.Entry;
import io.penstock.runner.plan.Node.Listing;
import io.penstock.runner.plan.Node.Mapping;
import io.penstock.runner.plan.Node.Scalar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds secrets that are written out in a plan where no setting asks for one: in headers and parameters with telling names, in
 * addresses, and anywhere by the look of them. What it says of them never repeats them.
 */
final class LiteralSecrets {

    private static final Set<String> FREE_NAMES =
            Set.of("headers", "header", "params", "query", "body", "json", "form", "variables");
    private static final String PROFILES = "profiles";
    /** How well-known secrets begin: none of these means anything else. */
    private static final Pattern LOOK = Pattern.compile("(?:\\b|^)(?:"
            + "gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{20,255}|glpat-[A-Za-z0-9_-]{16,64}"
            + "|[sr]k_live_[A-Za-z0-9]{10,255}|whsec_[A-Za-z0-9+/]{16,255}|xox[abeprs]-[A-Za-z0-9-]{10,255}"
            + "|AKIA[A-Z0-9]{16}|ASIA[A-Z0-9]{16}|AIza[A-Za-z0-9_-]{30,60}|ya29\\.[A-Za-z0-9_-]{20,512}|hv[sb]\\.[A-Za-z0-9_-]{20,255}"
            + "|eyJ[A-Za-z0-9_-]{8,4096}\\.eyJ[A-Za-z0-9_-]{8,4096}\\.[A-Za-z0-9_-]{8,4096}"
            + "|-----BEGIN [A-Z ]{0,32}PRIVATE KEY-----)");

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^}]*}");
    private static final Pattern DEFAULT = Pattern.compile("\\$\\{[^}]*?:-([^}]+)}");
    /** Long enough, and with a digit: what stands beside a reference is otherwise a scheme or a prefix. */
    private static final Pattern OPAQUE = Pattern.compile("(?=[^0-9]*+[0-9])[A-Za-z0-9+/=_.~-]{12,}");

    private static final Pattern LOGIN = Pattern.compile("^[a-z][a-z0-9+.-]{1,16}://[^/@\\s]*:[^/@\\s]+@");
    private static final Pattern PARAMETER = Pattern.compile("[?&]([^=&#\\s]{1,64})=([^&#\\s]+)");

    private final Problems problems;

    private LiteralSecrets(Problems problems) {
        this.problems = problems;
    }

    /** Notes every one of them in {@code plan}. */
    static void refuse(Mapping plan, Problems problems) {
        LiteralSecrets search = new LiteralSecrets(problems);
        plan.entries().forEach((name, entry) -> {
            if (name.equals(PROFILES) && entry.value() instanceof Mapping profiles) {
                search.in(
                        name, "", profiles,
                        false); // also of those that are not chosen, for the file is read by the same people
            } else {
                search.in(name, name, entry.value(), false);
            }
        });
    }

    private void in(String path, String name, Node node, boolean free) {
        if (node instanceof Mapping mapping) {
            boolean inside = free || FREE_NAMES.contains(name);
            for (Map.Entry<String, Entry> member : mapping.entries().entrySet()) {
                in(
                        path + "." + member.getKey(),
                        member.getKey(),
                        member.getValue().value(),
                        inside);
            }
        } else if (node instanceof Listing list) {
            List<Node> items = list.items();
            for (int i = 0; i < items.size(); i++) {
                in(path + "." + i, name, items.get(i), free);
            }
        } else if (node instanceof Scalar scalar && scalar.value() instanceof String text) {
            if (text.contains("${")) {
                judgeBesideReferences(path, name, text, free);
            } else {
                judge(path, name, text, free);
            }
        }
    }

    /** What stands around a reference, and what it says is to be taken where there is none. */
    private void judgeBesideReferences(String path, String name, String text, boolean free) {
        boolean given = DEFAULT.matcher(text)
                .results()
                .map(found -> found.group(1))
                .anyMatch(otherwise -> LOOK.matcher(otherwise).find() || TellingNames.holdsSecret(name, otherwise));
        String rest = REFERENCE.matcher(text).replaceAll(" ");
        if (given) {
            problems.add(path, "a secret has no default that is written out: " + fix(name));
        } else if (LOOK.matcher(rest).find()) {
            problems.add(path, "this looks like a secret written out: " + fix(name));
        } else if (free && TellingNames.tells(name) && OPAQUE.matcher(rest).find()) {
            problems.add(path, "a secret must be a reference, not the secret itself: " + fix(name));
        }
    }

    private void judge(String path, String name, String text, boolean free) {
        if (LOOK.matcher(text).find()) {
            problems.add(path, "this looks like a secret written out: " + fix(name));
        } else if (free && !text.isEmpty() && TellingNames.holdsSecret(name, text)) {
            problems.add(path, "a secret must be a reference, not the secret itself: " + fix(name));
        } else if (LOGIN.matcher(text).find()) {
            problems.add(path, "a password must not stand in an address: take it out and set auth");
        } else {
            parameters(path, text);
        }
    }

    private void parameters(String path, String text) {
        Matcher parameter = PARAMETER.matcher(text);
        while (parameter.find()) {
            if (TellingNames.holdsSecret(parameter.group(1), parameter.group(2))) {
                problems.add(
                        path,
                        "the parameter " + parameter.group(1)
                                + " of this address is a secret written out: take it out and set auth or params");
            }
        }
    }

    private static String fix(String name) {
        String variable = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
        return "put it into a variable or a file, write ${env:" + variable
                + "} or ${file:path} here, and give the secret that was written here up, for whoever has seen this file knows it";
    }
}
