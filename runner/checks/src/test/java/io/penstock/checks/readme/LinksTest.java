package io.penstock.checks.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.checks.architecture.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinksTest {

    @Test
    void everyLinkLeadsSomewhere() {
        List<Path> pages = Product.files().stream()
                .filter(file -> file.toString().endsWith(".md"))
                .toList();
        assertThat(pages).hasSizeGreaterThan(5);
        assertThat(pages.stream().flatMap(page -> dead(page).stream())).isEmpty();
    }

    @Test
    void deadFilesAndDeadAnchorsAreCaught(@TempDir Path folder) throws IOException {
        Path page = Files.writeString(
                folder.resolve("page.md"),
                "# One Head\n[a](page.md#one-head) [b](#gone) [c](gone.md) [d](https://example.com/x) `[e](code.md)`\n");

        assertThat(dead(page).stream().map(link -> link.substring(link.indexOf(':'))))
                .containsExactly(": #gone", ": gone.md");
    }

    private static List<String> dead(Path page) {
        return Page.of(page).links().stream()
                .filter(link -> !link.contains("://") && !link.startsWith("mailto:"))
                .filter(link -> !leadsSomewhere(page, link))
                .map(link -> page.getFileName() + " in " + page.getParent() + ": " + link)
                .toList();
    }

    private static boolean leadsSomewhere(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path folder = Objects.requireNonNull(page.getParent(), "a page is in a folder");
        Path target = parts[0].isEmpty() ? page : folder.resolve(parts[0]);
        return Files.exists(target)
                && (parts.length == 1
                        || !target.toString().endsWith(".md")
                        || Page.of(target).anchors().contains(parts[1]));
    }
}
