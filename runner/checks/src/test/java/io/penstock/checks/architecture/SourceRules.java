package io.penstock.checks.architecture;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Budgets, names and Javadoc: what only the source tells. */
final class SourceRules {

    /** Never more lines in a file. */
    static final int FILE_LINES = 400;
    /** Never more lines between the braces of a method. */
    static final int BODY_LINES = 40;
    /** Never more parameters of a method; the canonical constructor of a record has as many as the record. */
    static final int PARAMETERS = 6;
    /** Never more files in a package; its introduction does not count. */
    static final int PACKAGE_FILES = 20;

    private static final String INTRODUCTION = "package-info.java";
    private static final List<String> EMPTY_WORDS =
            List.of("Util", "Utils", "Impl", "Common", "Internal", "Helper", "Helpers", "Manager", "Misc");

    private SourceRules() {}

    /** Files that are too long. */
    static List<String> longFiles(List<JavaSource> sources) {
        return sources.stream()
                .filter(source -> source.text().lines().count() > FILE_LINES)
                .map(source -> source.name() + " has " + source.text().lines().count() + " lines")
                .toList();
    }

    /** Packages of too many files. */
    static List<String> fullPackages(List<JavaSource> sources) {
        Map<String, Long> files = sources.stream()
                .filter(source -> !source.file().equals(INTRODUCTION))
                .collect(Collectors.groupingBy(JavaSource::folder, TreeMap::new, Collectors.counting()));
        return files.entrySet().stream()
                .filter(entry -> entry.getValue() > PACKAGE_FILES)
                .map(entry -> entry.getKey() + " has " + entry.getValue() + " files")
                .toList();
    }

    /** Packages without an introduction, or with one that leaves null unmarked or says nothing. */
    static List<String> unintroduced(List<JavaSource> sources) {
        Map<String, List<JavaSource>> folders =
                sources.stream().collect(Collectors.groupingBy(JavaSource::folder, TreeMap::new, Collectors.toList()));
        return folders.entrySet().stream()
                .filter(entry -> entry.getValue().stream().noneMatch(SourceRules::introduces))
                .map(entry -> entry.getKey() + " needs a package-info.java with Javadoc and @NullMarked")
                .toList();
    }

    private static boolean introduces(JavaSource source) {
        return source.file().equals(INTRODUCTION)
                && source.text().contains("/**")
                && source.unit().getPackageAnnotations().stream()
                        .anyMatch(mark -> mark.getAnnotationType().toString().equals("NullMarked"));
    }

    /** Packages and types whose names say nothing. */
    static List<String> emptyNames(List<JavaSource> sources) {
        List<String> found = new ArrayList<>();
        for (JavaSource source : sources) {
            for (String segment : source.inPackage().split("\\.")) {
                if (EMPTY_WORDS.stream().anyMatch(word -> word.equalsIgnoreCase(segment))) {
                    found.add(source.name() + " is in a package called " + segment);
                }
            }
            types(
                    source,
                    type -> EMPTY_WORDS.stream()
                            .filter(type.getSimpleName().toString()::endsWith)
                            .findFirst()
                            .ifPresent(word -> found.add(source.name() + " declares " + type.getSimpleName())));
        }
        return found;
    }

    /** Methods and constructors with too long a body. */
    static List<String> longMethods(List<JavaSource> sources) {
        return methods(sources, (source, path) -> {
            BlockTree body = ((MethodTree) path.getLeaf()).getBody();
            long lines = body == null ? 0 : source.endLine(body) - source.startLine(body) - 1;
            return lines > BODY_LINES ? lines + " lines" : "";
        });
    }

    /** Methods and constructors with too many parameters. */
    static List<String> wideMethods(List<JavaSource> sources) {
        return methods(sources, (source, path) -> {
            int parameters = ((MethodTree) path.getLeaf()).getParameters().size();
            return parameters > PARAMETERS && !canonical(path) ? parameters + " parameters" : "";
        });
    }

    /** Public types and methods without Javadoc; an override inherits it. */
    static List<String> undocumented(List<JavaSource> sources) {
        List<String> found = new ArrayList<>(methods(
                sources,
                (source, path) -> isOpen(path) && !overrides(path) && !source.documented(path) ? "no Javadoc" : ""));
        for (JavaSource source : sources) {
            paths(source, path -> {
                if (path.getLeaf() instanceof ClassTree type && isOpen(path) && !source.documented(path)) {
                    found.add(source.name() + ":" + source.startLine(type) + " " + type.getSimpleName()
                            + " has no Javadoc");
                }
            });
        }
        return found;
    }

    private interface Judgement {
        /** What is wrong with the method at {@code path}; empty if nothing is. */
        String of(JavaSource source, TreePath path);
    }

    private static List<String> methods(List<JavaSource> sources, Judgement judgement) {
        List<String> found = new ArrayList<>();
        for (JavaSource source : sources) {
            paths(source, path -> {
                String wrong = path.getLeaf() instanceof MethodTree ? judgement.of(source, path) : "";
                if (!wrong.isEmpty()) {
                    MethodTree method = (MethodTree) path.getLeaf();
                    found.add(
                            source.name() + ":" + source.startLine(method) + " " + method.getName() + " has " + wrong);
                }
            });
        }
        return found;
    }

    private static void types(JavaSource source, Consumer<ClassTree> each) {
        paths(source, path -> {
            if (path.getLeaf() instanceof ClassTree type) {
                each.accept(type);
            }
        });
    }

    private static void paths(JavaSource source, Consumer<TreePath> each) {
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitClass(ClassTree type, Void nothing) {
                each.accept(getCurrentPath());
                return super.visitClass(type, nothing);
            }

            @Override
            public Void visitMethod(MethodTree method, Void nothing) {
                each.accept(getCurrentPath());
                return super.visitMethod(method, nothing);
            }
        }.scan(source.unit(), null);
    }

    private static boolean canonical(TreePath path) {
        if (!(path.getParentPath().getLeaf() instanceof ClassTree owner) || owner.getKind() != Tree.Kind.RECORD) {
            return false;
        }
        Function<List<? extends Tree>, List<String>> fields = members -> members.stream()
                .filter(VariableTree.class::isInstance)
                .map(VariableTree.class::cast)
                .filter(field -> !field.getModifiers().getFlags().contains(Modifier.STATIC))
                .map(field -> field.getType().toString())
                .toList();
        MethodTree method = (MethodTree) path.getLeaf();
        return method.getReturnType() == null
                && fields.apply(method.getParameters()).equals(fields.apply(owner.getMembers()));
    }

    private static boolean overrides(TreePath path) {
        return ((MethodTree) path.getLeaf())
                .getModifiers().getAnnotations().stream()
                        .anyMatch(mark -> mark.getAnnotationType().toString().equals("Override"));
    }

    /** Whether the member at {@code path} and everything around it can be seen from other packages. */
    private static boolean isOpen(TreePath path) {
        for (TreePath at = path; at.getLeaf().getKind() != Tree.Kind.COMPILATION_UNIT; at = at.getParentPath()) {
            if (!isOpenHere(at)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOpenHere(TreePath at) {
        boolean inInterface = at.getParentPath().getLeaf() instanceof ClassTree owner
                && (owner.getKind() == Tree.Kind.INTERFACE || owner.getKind() == Tree.Kind.ANNOTATION_TYPE);
        if (at.getLeaf() instanceof MethodTree method) {
            return isOpen(method.getModifiers().getFlags().contains(Modifier.PUBLIC), inInterface, method);
        }
        return at.getLeaf() instanceof ClassTree type
                && (inInterface || type.getModifiers().getFlags().contains(Modifier.PUBLIC));
    }

    private static boolean isOpen(boolean declaredPublic, boolean inInterface, MethodTree method) {
        return declaredPublic
                || inInterface && !method.getModifiers().getFlags().contains(Modifier.PRIVATE);
    }
}
