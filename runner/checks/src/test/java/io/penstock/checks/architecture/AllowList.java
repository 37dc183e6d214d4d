package io.penstock.checks.architecture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Exceptions to a rule, each with its reason; an exception that nothing needs any more is a problem too. */
final class AllowList {

    private final Map<String, String> reasons = new LinkedHashMap<>();

    /**
     * This list with one more entry.
     *
     * @param finding exactly as the rule words it
     * @param reason why it is right there
     */
    AllowList allow(String finding, String reason) {
        if (reason.isBlank() || reasons.put(finding, reason) != null) {
            throw new IllegalArgumentException("an exception needs one reason: " + finding);
        }
        return this;
    }

    /** What is wrong: findings without an entry, and entries without a finding. */
    List<String> judge(Collection<String> findings) {
        Set<String> found = new TreeSet<>(findings);
        List<String> problems = new ArrayList<>();
        found.stream().filter(finding -> !reasons.containsKey(finding)).forEach(problems::add);
        reasons.keySet().stream()
                .filter(entry -> !found.contains(entry))
                .forEach(entry -> problems.add("stale exception, take it out: " + entry));
        return problems;
    }
}
