package io.penstock.checks.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles a few lines that break a rule, so that the rule can be seen to catch them. */
final class Planted {

    private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
    private static final Pattern TYPE = Pattern.compile("(?:class|interface|record|enum) (\\w+)");

    private Planted() {}

    /**
     * Compiles {@code sources} against the class path of the tests.
     *
     * @param folder where sources and classes may be written
     */
    static JavaClasses classes(Path folder, String... sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> written = new ArrayList<>();
            for (String source : sources) {
                written.add(write(folder, source));
            }
            Path classes = Files.createDirectories(folder.resolve("classes"));
            List<String> options = List.of("-proc:none", "-d", classes.toString());
            boolean good = compiler.getTask(
                            said, files, null, options, null, files.getJavaFileObjectsFromPaths(written))
                    .call();
            if (!good) {
                throw new IllegalArgumentException("the planted source does not compile: " + said);
            }
            return new ClassFileImporter().importPath(classes);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static Path write(Path folder, String source) throws IOException {
        Path at = folder.resolve(first(PACKAGE, source).replace('.', '/'));
        return Files.writeString(Files.createDirectories(at).resolve(first(TYPE, source) + ".java"), source);
    }

    private static String first(Pattern pattern, String source) {
        Matcher matcher = pattern.matcher(source);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no " + pattern + " in " + source);
        }
        return matcher.group(1);
    }
}
