package io.penstock.checks.readme;

import io.penstock.checks.architecture.Product;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One page of Markdown.
 *
 * @param text all of it
 */
record Page(String text) {

    private static final Pattern FENCE = Pattern.compile("(?ms)^```([^\\n]*)\\n(.*?)^```[ ]*$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern ANCHOR = Pattern.compile("<a (?:id|name)=\"([^\"]+)\">");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+?) *$");

    /** A fenced block: its language and its text. */
    record Block(String language, String text) {}

    static Page of(Path file) {
        return new Page(Product.text(file));
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        Matcher fence = FENCE.matcher(text);
        while (fence.find()) {
            blocks.add(new Block(fence.group(1).trim(), fence.group(2)));
        }
        return blocks;
    }

    List<String> blocks(String language) {
        return blocks().stream()
                .filter(block -> block.language().equals(language))
                .map(Block::text)
                .toList();
    }

    /** Where its links lead, those inside code left out. */
    List<String> links() {
        return all(LINK, prose().replaceAll("`[^`\\n]*`", ""));
    }

    /** The names a link with {@code #} can lead to. */
    Set<String> anchors() {
        Set<String> anchors = new HashSet<>(all(ANCHOR, prose()));
        all(HEADING, prose())
                .forEach(heading -> anchors.add(heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-')));
        return anchors;
    }

    private String prose() {
        return FENCE.matcher(text).replaceAll("");
    }

    private static List<String> all(Pattern pattern, String in) {
        return pattern.matcher(in).results().map(found -> found.group(1)).toList();
    }
}
