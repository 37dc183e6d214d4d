package io.penstock.checks.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What the rules judge: all classes of all modules, and all files of the repository. */
public final class Product {

    /** The package everything is below. */
    static final String ROOT_PACKAGE = "io.penstock";

    private static final class Imported {
        static final JavaClasses CLASSES = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT_PACKAGE);
        static final List<Path> FILES = list(root());
        static final List<JavaSource> SOURCES = JavaSource.parse(root(), below("/src/main/java/"));
    }

    private Product() {}

    /** Main classes of every module on the class path. */
    static JavaClasses classes() {
        return Imported.CLASSES;
    }

    /** Every main source file, parsed. */
    static List<JavaSource> sources() {
        return Imported.SOURCES;
    }

    /** Every file a person wrote, absolute. */
    public static List<Path> files() {
        return Imported.FILES;
    }

    /** The Java files whose path contains {@code part}. */
    static List<Path> below(String part) {
        return files().stream()
                .filter(file ->
                        file.toString().endsWith(".java") && slashed(file).contains(part))
                .toList();
    }

    /** The folder that holds the Maven wrapper, at or above the working directory. */
    public static Path root() {
        Path at = Path.of("").toAbsolutePath();
        for (Path here = at; here != null; here = here.getParent()) {
            if (Files.exists(here.resolve("mvnw"))) {
                return here;
            }
        }
        throw new IllegalStateException("no mvnw at or above " + at + ": run the checks inside the repository");
    }

    /** {@code file} relative to the root, with slashes. */
    public static String name(Path file) {
        return slashed(root().relativize(file));
    }

    private static String slashed(Path file) {
        return file.toString().replace('\\', '/');
    }

    /** The text of a file. */
    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Path> list(Path root) {
        Predicate<Path> skipped = folder -> {
            String name = String.valueOf(folder.getFileName());
            return !folder.equals(root)
                    && (name.equals("target")
                            || name.equals("penstock-demo")
                            || name.startsWith(".") && !name.equals(".ci"));
        };
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return skipped.test(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    files.add(file);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return List.copyOf(files);
    }
}
