package io.penstock.checks.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * One source file, parsed by the compiler.
 *
 * @param name its path below the repository
 * @param text all of it
 * @param unit its tree
 * @param trees what knows the Javadoc and the lines of the tree
 */
record JavaSource(String name, String text, CompilationUnitTree unit, DocTrees trees) {

    /** Parses files; nothing is resolved. */
    static List<JavaSource> parse(Path root, List<Path> files) {
        return parse(files.stream()
                .map(file -> new Text(root.relativize(file).toString().replace('\\', '/'), Product.text(file)))
                .toList());
    }

    /** Parses one planted text. */
    static JavaSource planted(String name, String text) {
        return parse(List.of(new Text(name, text))).get(0);
    }

    private static List<JavaSource> parse(List<Text> texts) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        JavacTask task =
                (JavacTask) compiler.getTask(null, null, problems, List.of("-proc:none"), null, List.copyOf(texts));
        DocTrees trees = DocTrees.instance(task);
        List<JavaSource> sources = new ArrayList<>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                JavaFileObject file = unit.getSourceFile();
                String name = file.getName().substring(1);
                sources.add(new JavaSource(name, file.getCharContent(true).toString(), unit, trees));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        if (!problems.getDiagnostics().isEmpty()) {
            throw new IllegalArgumentException("sources do not parse: " + problems.getDiagnostics());
        }
        return List.copyOf(sources);
    }

    /** The folder it is in. */
    String folder() {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }

    /** The name of the file without its folder. */
    String file() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** The package it declares; empty if none. */
    String inPackage() {
        return unit.getPackageName() == null ? "" : unit.getPackageName().toString();
    }

    /** The first line of {@code tree}. */
    long startLine(Tree tree) {
        return unit.getLineMap().getLineNumber(trees.getSourcePositions().getStartPosition(unit, tree));
    }

    /** The last line of {@code tree}. */
    long endLine(Tree tree) {
        return unit.getLineMap().getLineNumber(trees.getSourcePositions().getEndPosition(unit, tree) - 1);
    }

    /** Whether {@code path} has Javadoc. */
    boolean documented(TreePath path) {
        return trees.getDocComment(path) != null;
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        private Text(String name, String text) {
            super(URI.create("text:///" + name), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
