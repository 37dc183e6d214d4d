package io.penstock.checks.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.EvaluationResult;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may use whom: the house plan as a table. What is not in the table is not allowed. */
final class LayerRules {

    private static final Set<String> WORDS = Set.of("record", "message", "error", "config", "store", "line", "redact");
    private static final Set<String> MECHANISMS =
            Set.of("rate", "retry", "breaker", "http", "auth", "cache", "page", "decode", "observe");
    private static final Set<String> CONTRACTS = Set.of("source", "sink", "state", "secret");
    private static final Map<String, Set<String>> MAY_USE = table();

    private LayerRules() {}

    private static Map<String, Set<String>> table() {
        Set<String> client = union(WORDS, MECHANISMS);
        Set<String> contracts = union(client, Set.of("client"));
        Set<String> core = union(contracts, CONTRACTS);
        Map<String, Set<String>> table = new LinkedHashMap<>();
        WORDS.forEach(word -> table.put(word, WORDS));
        MECHANISMS.forEach(mechanism -> table.put(mechanism, WORDS));
        table.put("client", client);
        CONTRACTS.forEach(contract -> table.put(contract, contracts));
        table.put("testkit", core);
        table.put("connectors", core);
        table.put("parts", core);
        table.put("columns", core);
        table.put("sinks", union(core, Set.of("parts", "columns")));
        table.put("caches", core);
        table.put("stores", core);
        table.put("secrets", core);
        table.put("runner", core);
        table.put("cli", union(core, Set.of("runner", "testkit")));
        return table;
    }

    private static Set<String> union(Collection<String> some, Collection<String> more) {
        return Stream.concat(some.stream(), more.stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** Uses between the parts below {@code root} that the table does not allow, and parts that are not in it. */
    static Set<String> wrongArrows(JavaClasses classes, String root) {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass from : classes) {
            String part = part(from, root).orElse("");
            if (!MAY_USE.containsKey(part)) {
                wrong.add(from.getName() + " is in no part of the house");
                continue;
            }
            for (Dependency use : from.getDirectDependenciesFromSelf()) {
                part(use.getTargetClass(), root)
                        .filter(to -> !to.equals(part) && !MAY_USE.get(part).contains(to))
                        .ifPresent(to -> wrong.add(
                                part + " uses " + to + ": " + outer(from) + " -> " + outer(use.getTargetClass())));
            }
        }
        return wrong;
    }

    /** Plug-ins below {@code family} that know another plug-in of the family: {@code family.a} uses {@code family.b}. */
    static Set<String> acquaintances(JavaClasses classes, String family) {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass from : classes) {
            for (Dependency use : from.getDirectDependenciesFromSelf()) {
                Optional<String> one = part(from, family);
                Optional<String> other = part(use.getTargetClass(), family);
                if (one.isPresent() && other.isPresent() && !one.equals(other)) {
                    wrong.add(outer(from) + " -> " + outer(use.getTargetClass()));
                }
            }
        }
        return wrong;
    }

    /** Classes below {@code island} that use anything else below {@code root}. */
    static Set<String> bridges(JavaClasses classes, String island, String root) {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass from : classes) {
            for (Dependency use : from.getDirectDependenciesFromSelf()) {
                String to = owner(use.getTargetClass());
                if (within(from.getPackageName(), island) && within(to, root) && !within(to, island)) {
                    wrong.add(outer(from) + " -> " + outer(use.getTargetClass()));
                }
            }
        }
        return wrong;
    }

    /** Circles of packages below {@code root}. */
    static List<String> cycles(JavaClasses classes, String root) {
        EvaluationResult result = SlicesRuleDefinition.slices()
                .matching(root + ".(**)")
                .should()
                .beFreeOfCycles()
                .evaluate(classes);
        return result.getFailureReport().getDetails();
    }

    private static boolean within(String name, String root) {
        return name.equals(root) || name.startsWith(root + ".");
    }

    private static Optional<String> part(JavaClass type, String root) {
        String name = owner(type);
        return name.startsWith(root + ".")
                ? Optional.of(name.substring(root.length() + 1).split("\\.")[0])
                : Optional.empty();
    }

    private static String owner(JavaClass type) {
        return type.getBaseComponentType().getPackageName();
    }

    private static String outer(JavaClass type) {
        return type.getBaseComponentType().getName().split("\\$")[0];
    }
}
