package io.penstock.checks.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What no file may say, whatever its kind; the words are put together here so that this file does not say them. */
final class TextRules {

    /** Everything that may lie at the top of the repository. */
    static final Set<String> TOP = Set.of(
            "core",
            "connectors",
            "runner",
            "README.md",
            "CONTRIBUTING.md",
            "CHANGELOG.md",
            "LICENSE",
            "pom.xml",
            "mvnw",
            "mvnw.cmd",
            "penstock");

    private static final Set<String> NOT_OURS = Set.of("target", "penstock-demo");
    private static final Pattern POSTPONED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    private static final Pattern FRAMEWORK = Pattern.compile("import (static )?(lom" + "bok|org\\.spring"
            + "framework)\\b|<groupId>(org\\.project" + "lombok|org\\.spring" + "framework)");
    private static final Pattern REGISTRY =
            Pattern.compile("repo1?\\.maven" + "(\\.apache)?\\.org|sona" + "type\\.(org|com)|jcen" + "ter|"
                    + "registry\\.npm" + "js|py" + "pi\\.org|plugins\\.gra" + "dle\\.org|jit" + "pack\\.io|goog"
                    + "le-maven|arti"
                    + "factory\\.|/ne" + "xus/|<(plugin)?[rR]epo" + "sitory>");

    private static final Pattern MACHINE = Pattern.compile(
            "\\.\\./sha" + "red\\b|(?<![\\w.}/])/(wo" + "rk|ro" + "ot|ho" + "me/\\w+|Us" + "ers/\\w+)/");
    private static final Pattern ASSISTANT =
            Pattern.compile("(?i)\\b(cla" + "ude|anth" + "ropic|chat" + "gpt|cop" + "ilot|codew"
                    + "hisperer|language mo" + "dels?)\\b|\\b(A" + "I|LL" + "M)[- ](gene" + "rated|assis" + "t)");

    private TextRules() {}

    /** Marks of work put off, in {@code text} of the file {@code name}. */
    static List<String> postponed(String name, String text) {
        return lines(name, text, POSTPONED);
    }

    /** Imports of, and dependencies on, frameworks the product does without. */
    static List<String> frameworks(String name, String text) {
        return lines(name, text, FRAMEWORK);
    }

    /** Hosts packages are fetched from: those are the business of whoever builds. */
    static List<String> registries(String name, String text) {
        return lines(name, text, REGISTRY);
    }

    /** Paths of one machine, or of a folder beside the repository: they lead nowhere for everybody else. */
    static List<String> machinePaths(String name, String text) {
        return lines(name, text, MACHINE);
    }

    /** Tools that write text for people: whoever commits is the author. */
    static List<String> assistants(String name, String text) {
        return lines(name, text, ASSISTANT);
    }

    /** Entries at the top of the repository that have no business there. */
    static List<String> strangers(Stream<String> entries) {
        return entries.filter(entry -> !entry.startsWith(".") && !NOT_OURS.contains(entry) && !TOP.contains(entry))
                .sorted()
                .toList();
    }

    private static List<String> lines(String name, String text, Pattern pattern) {
        List<String> found = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                found.add(name + ":" + number + " says " + matcher.group());
            }
        }
        return found;
    }
}
