package io.penstock.checks.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What modules show: one public class for a plug-in, and no foreign types in the contracts. */
final class SurfaceRules {

    private static final List<String> JSON = List.of("com.fasterxml.jackson.", "tools.jackson.");
    private static final List<String> FRAMEWORKS = List.of("lombok.", "org.springframework.");
    private static final String TEST_KIT = "testkit"; // no plug-in: what they are tested with
    private static final Pattern PLUG_IN_FILE =
            Pattern.compile("connectors/(?<module>.+)/src/main/java/(?<package>.+)/[^/]+\\.java");
    private static final Pattern DEPENDENCY = Pattern.compile("(?s)<dependency>.*?</dependency>");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]+)</artifactId>");

    private SurfaceRules() {}

    /** Public classes of each plug-in below {@code families} beyond the one provider; a plug-in without a provider. */
    static List<String> beyondTheProvider(JavaClasses classes, Set<String> families) {
        Map<String, Set<String>> shown = new TreeMap<>();
        for (JavaClass type : classes) {
            families.stream()
                    .filter(family -> type.getPackageName().startsWith(family + "."))
                    .forEach(family -> {
                        String module = family + "."
                                + type.getPackageName()
                                        .substring(family.length() + 1)
                                        .split("\\.")[0];
                        Set<String> types = shown.computeIfAbsent(module, unseen -> new TreeSet<>());
                        if (type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC)) {
                            types.add(type.getName());
                        }
                    });
        }
        List<String> found = new ArrayList<>();
        shown.forEach((module, types) -> {
            if (types.stream().noneMatch(type -> type.endsWith("Provider"))) {
                found.add(module + " has no public provider");
            }
            types.stream().filter(type -> !type.endsWith("Provider")).forEach(type -> found.add(type + " is public"));
            types.stream()
                    .filter(type -> type.endsWith("Provider"))
                    .skip(1)
                    .forEach(type -> found.add(type + " is public"));
        });
        return found;
    }

    /**
     * Packages of a plug-in's module that are not its own, as {@code module holds package}, and modules of no known family.
     *
     * @param files paths from the root, such as {@code connectors/sinks/files/src/main/java/io/penstock/sinks/files/Spool.java}
     * @param families packages whose next part is the name of a plug-in
     */
    static Set<String> foreignPackages(Collection<String> files, Set<String> families) {
        Set<String> found = new TreeSet<>();
        for (String file : files) {
            Matcher of = PLUG_IN_FILE.matcher(file);
            if (of.matches() && !of.group("module").equals(TEST_KIT)) {
                String module = of.group("module");
                String family = "io.penstock." + (module.contains("/") ? module.split("/")[0] : "connectors");
                String own = family + "." + module.substring(module.indexOf('/') + 1);
                String held = of.group("package").replace('/', '.');
                if (!families.contains(family)) {
                    found.add(module + " is of no family");
                } else if (!held.equals(own) && !held.startsWith(own + ".")) {
                    found.add(module + " holds " + held);
                }
            }
        }
        return found;
    }

    /**
     * Modules of plug-ins that need the module of another one beyond their tests, as {@code module needs artifact}.
     *
     * @param poms the text of each module's {@code pom.xml} by its folder below {@code connectors}
     */
    static Set<String> moduleAcquaintances(Map<String, String> poms) {
        Set<String> plugIns = new TreeSet<>();
        poms.values().forEach(pom -> plugIns.add(first(ARTIFACT, pom.replaceAll("(?s)<parent>.*?</parent>", ""))));
        Set<String> found = new TreeSet<>();
        poms.forEach((module, pom) -> DEPENDENCY
                .matcher(pom)
                .results()
                .map(MatchResult::group)
                .filter(one -> !one.contains("<scope>test</scope>"))
                .map(one -> first(ARTIFACT, one))
                .filter(plugIns::contains)
                .forEach(artifact -> found.add(module + " needs " + artifact)));
        return found;
    }

    private static String first(Pattern wanted, String text) {
        return wanted.matcher(text)
                .results()
                .map(one -> one.group(1))
                .findFirst()
                .orElse("");
    }

    /** Signatures other packages see, in {@code packages}, that name a JSON library. */
    static Set<String> jsonInSignatures(JavaClasses classes, Set<String> packages) {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : classes) {
            if (packages.contains(type.getPackageName()) && !isHidden(type.getModifiers())) {
                type.getMembers().stream()
                        .filter(member -> !isHidden(member.getModifiers()))
                        .filter(member ->
                                named(member).anyMatch(name -> JSON.stream().anyMatch(name::startsWith)))
                        .forEach(member -> found.add(member.getFullName()));
            }
        }
        return found;
    }

    /** Classes that use a framework the product does without. */
    static Set<String> frameworks(JavaClasses classes) {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : classes) {
            type.getDirectDependenciesFromSelf().stream()
                    .map(use -> use.getTargetClass().getName())
                    .filter(name -> FRAMEWORKS.stream().anyMatch(name::startsWith))
                    .forEach(name -> found.add(type.getName() + " uses " + name));
        }
        return found;
    }

    private static boolean isHidden(Set<JavaModifier> modifiers) {
        return !modifiers.contains(JavaModifier.PUBLIC) && !modifiers.contains(JavaModifier.PROTECTED);
    }

    private static Stream<String> named(JavaMember member) {
        Stream<JavaType> types = member instanceof JavaCodeUnit unit
                ? Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
                : Stream.of(member.getOwner().getField(member.getName()).getType());
        return types.flatMap(type -> type.getAllInvolvedRawTypes().stream()).map(JavaClass::getName);
    }
}
