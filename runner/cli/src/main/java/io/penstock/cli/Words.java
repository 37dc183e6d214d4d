package io.penstock.cli;

import io.penstock.cli.view.UsageProblem;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * The words a person typed behind a verb.
 *
 * @param parsed as picocli understood them
 */
record Words(ParseResult parsed) {

    static final String DEBUG = "--debug";
    static final String JSON = "--json";
    private static final String HOSTILE = "--hostile";

    boolean has(String option) {
        return parsed.hasMatchedOption(option);
    }

    /** Whether the answer is for a program. */
    boolean json() {
        return parsed.commandSpec().findOption(JSON) != null && has(JSON);
    }

    Optional<String> text(String option) {
        return Optional.ofNullable(parsed.matchedOptionValue(option, null));
    }

    Optional<Long> number(String option) {
        return Optional.ofNullable(parsed.matchedOptionValue(option, null));
    }

    /**
     * A whole number within bounds.
     *
     * @throws UsageProblem if it is out of them
     */
    long count(String option, long fallback, long least, long most) {
        long number = number(option).orElse(fallback);
        if (number < least || number > most) {
            throw new UsageProblem(option + " must be " + least + " to " + most + ", but was " + number);
        }
        return number;
    }

    List<String> all(String option) {
        return parsed.matchedOptionValue(option, List.of());
    }

    Optional<String> position(int index) {
        return Optional.ofNullable(parsed.matchedPositionalValue(index, null));
    }

    /** What {@code --hostile [SEED]} chose; empty without it. */
    Optional<Long> hostileSeed() {
        return has(HOSTILE) ? Optional.of(number(HOSTILE).orElse(1L)) : Optional.empty();
    }

    /** The option {@code --hostile [SEED]}. */
    static OptionSpec hostile() {
        return OptionSpec.builder(HOSTILE)
                .paramLabel("SEED")
                .type(Long.class)
                .arity("0..1")
                .fallbackValue("1")
                .description("The API throttles, fails, resets, cuts off and stalls, as SEED decides; default 1.")
                .build();
    }

    /** What all verbs that take a plan have in common. */
    static CommandSpec ofPlan(String verb) {
        return CommandSpec.create()
                .name(verb)
                .addPositional(position(0, "PLAN.yaml", true, "The plan: what to read from where into what."))
                .addOption(text(
                        "--profile",
                        "NAME",
                        "Lay this profile of the plan over it (or PENSTOCK_PROFILE, also in .env)."));
    }

    /** An option without value. */
    static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .description(description)
                .build();
    }

    /** An option with one value. */
    static OptionSpec text(String name, String label, String description) {
        return option(name, label, String.class, description).build();
    }

    /** An option that may be given several times, or with commas. */
    static OptionSpec texts(String name, String label, String description) {
        return option(name, label, List.class, description)
                .auxiliaryTypes(String.class)
                .splitRegex(",")
                .build();
    }

    /** An option with a whole number. */
    static OptionSpec number(String name, String label, String description) {
        return option(name, label, Long.class, description).build();
    }

    private static OptionSpec.Builder option(String name, String label, Class<?> type, String description) {
        return OptionSpec.builder(name).paramLabel(label).type(type).description(description);
    }

    /** A word that stands alone. */
    static PositionalParamSpec position(int index, String label, boolean required, String description) {
        return PositionalParamSpec.builder()
                .index(Integer.toString(index))
                .paramLabel(label)
                .type(String.class)
                .arity(required ? "1" : "0..1")
                .required(required)
                .description(description)
                .build();
    }
}
