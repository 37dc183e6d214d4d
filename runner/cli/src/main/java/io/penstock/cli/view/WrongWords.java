package io.penstock.cli.view;

import io.penstock.config.Nearest;
import io.penstock.error.Place;
import io.penstock.runner.summary.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line, what was expected, and what was probably meant. */
public final class WrongWords {

    /** A wrong command line, by the convention of sysexits. */
    public static final int EXIT = 64;

    private WrongWords() {}

    /**
     * Tells people in two lines, or programs in the one form of all errors.
     *
     * @param where whose help is named
     * @return {@link #EXIT}
     */
    public static int say(String problem, CommandLine where, boolean json, Instant now, Console console) {
        String help = where.getCommandSpec().qualifiedName() + " --help";
        if (json) {
            Failure failure =
                    new Failure("WrongCommandLine", problem, Map.of("help", help), Place.UNKNOWN, now, EXIT, List.of());
            FailureText.print(failure, true, console);
        } else {
            console.say("penstock: " + problem);
            console.say("Try: " + help);
        }
        return EXIT;
    }

    /** What {@code wrong} means, in our words. */
    public static String problem(ParameterException wrong) {
        CommandSpec spec = wrong.getCommandLine().getCommandSpec();
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            return unknown(unmatched.getUnmatched(), spec);
        }
        if (wrong instanceof MissingParameterException missing) {
            return missing(missing, spec);
        }
        if (wrong instanceof OverwrittenOptionException twice) {
            return "expected " + name(twice.getOverwritten()) + " once, found it twice: keep one of them";
        }
        String value = wrong.getValue();
        return wrong.getArgSpec() == null || value == null
                ? String.valueOf(wrong.getMessage())
                : "expected " + (wrong.getArgSpec().type() == Long.class ? "a whole number" : "a value") + " as "
                        + name(wrong.getArgSpec()) + ", found '" + value + "'";
    }

    private static String unknown(List<String> words, CommandSpec spec) {
        String word = words.get(0);
        if (word.startsWith("-")) {
            return spec.qualifiedName() + " has no option " + word.replaceFirst("=.*", "")
                    + Nearest.hint(word.replaceFirst("=.*", ""), options(spec));
        }
        if (spec.parent() == null) {
            return "there is no command " + word + Nearest.hint(word, verbs(spec));
        }
        return spec.qualifiedName() + " expects " + (positions(spec).isEmpty() ? "no words" : positions(spec))
                + ", found one too many: '" + word + "'";
    }

    private static String missing(MissingParameterException missing, CommandSpec spec) {
        String names = missing.getMissing().stream().map(WrongWords::name).collect(Collectors.joining(" and "));
        return missing.getMissing().stream().allMatch(ArgSpec::isOption)
                ? "expected a value for " + names + ", found none"
                : spec.qualifiedName() + " expects " + positions(spec) + ", but " + names + " is missing";
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String positions(CommandSpec spec) {
        return spec.positionalParameters().stream().map(ArgSpec::paramLabel).collect(Collectors.joining(" "));
    }

    private static List<String> options(CommandSpec spec) {
        return spec.options().stream()
                .filter(option -> !option.hidden())
                .flatMap(option -> Stream.of(option.names()))
                .filter(name -> name.startsWith("--"))
                .sorted()
                .toList();
    }

    private static List<String> verbs(CommandSpec spec) {
        return spec.subcommands().entrySet().stream()
                .filter(verb -> !verb.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .toList();
    }
}
