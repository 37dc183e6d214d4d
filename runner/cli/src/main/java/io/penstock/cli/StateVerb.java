package io.penstock.cli;

import io.penstock.cli.state.StateFiles;
import io.penstock.cli.state.StateText;
import io.penstock.cli.view.Console;
import io.penstock.cli.view.FailureText;
import io.penstock.cli.view.UsageProblem;
import io.penstock.config.Nearest;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.record.ConnectionId;
import io.penstock.runner.plan.Plan;
import io.penstock.runner.plan.PlannedConnection;
import io.penstock.runner.state.StateBackup;
import io.penstock.runner.state.StateChange;
import io.penstock.runner.state.StateDesk;
import io.penstock.runner.state.StateDocument;
import io.penstock.runner.state.StateJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;
import reactor.core.publisher.Flux;

/** {@code state ACTION PLAN.yaml [FILE]}. */
final class StateVerb implements Verb {

    private static final List<String> ACTIONS = List.of("show", "export", "import", "reset", "backup", "restore");
    private static final Set<String> WITH_FILE = Set.of("export", "import", "backup", "restore");
    private static final String CONNECTION = "--connection";
    private static final String STREAM = "--stream";
    private static final String SLICE = "--slice";
    private static final String ALL = "--all";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create()
                .name("state")
                .addPositional(Words.position(0, "ACTION", true, String.join(", ", ACTIONS) + "."))
                .addPositional(Words.position(1, "PLAN.yaml", true, "The plan whose connections' state it is."))
                .addPositional(Words.position(
                        2, "FILE", false, "Where to write to or read from; export writes to stdout without it."))
                .addOption(Words.text(
                        "--profile",
                        "NAME",
                        "Lay this profile of the plan over it (or PENSTOCK_PROFILE, also in .env)."))
                .addOption(Words.text(CONNECTION, "NAME", "The connection, where the plan has several."))
                .addOption(Words.text(STREAM, "NAME", "Only this stream."))
                .addOption(Words.text(SLICE, "KEY", "For reset: only this slice of the stream."))
                .addOption(Words.flag(ALL, "For reset: every stream of the connection."))
                .addOption(Words.flag("--json", "Print the result as JSON on stdout."));
        spec.usageMessage()
                .description(
                        "Shows and changes how far each stream was read: cursors, versions and epoch, as the",
                        "destination holds them. A connection that a run is at work on is refused.")
                .footer(
                        "",
                        "show     what there is",
                        "export   as JSON that people can read and change; import sets what it says",
                        "reset    forget cursors: the next run reads that stream or slice from its beginning",
                        "         and writes it to the rows that are there (run --full-refresh replaces them)",
                        "backup   into a file with a checksum; restore takes it back, but only where the",
                        "         destination holds exactly the rows of then: no row is lost or doubled",
                        "Examples:",
                        "  penstock state show shop.yaml",
                        "  penstock state reset shop.yaml --stream orders",
                        "  penstock state backup shop.yaml shop.state && penstock state restore shop.yaml shop.state");
        return spec;
    }

    @Override
    public int run(Words words, Console console) {
        String action = words.position(0).orElseThrow();
        judge(action, words);
        try (Session session = Session.impatient()) {
            Plan plan = session.plan(words, 1, console);
            StateDesk desk = new StateDesk(session.host(), plan);
            if (action.equals("show")) {
                show(desk, plan, words, console);
                return 0;
            }
            PlannedConnection connection = connection(plan, words);
            switch (action) {
                case "export" -> export(desk, connection, words, console);
                case "backup" -> backup(desk, connection, words, console);
                default -> change(action, desk, connection, words, console);
            }
            return 0;
        }
    }

    private static void judge(String action, Words words) {
        if (!ACTIONS.contains(action)) {
            throw new UsageProblem("state " + action + " is not known" + Nearest.hint(action, ACTIONS));
        }
        boolean reset = action.equals("reset");
        if (!reset && (words.has(SLICE) || words.has(ALL))) {
            throw new UsageProblem(SLICE + " and " + ALL + " are for state reset");
        }
        if (reset && words.has(STREAM) == words.has(ALL)) {
            throw new UsageProblem("state reset needs either " + STREAM + " NAME or " + ALL);
        }
        if (words.has(SLICE) && !words.has(STREAM)) {
            throw new UsageProblem(SLICE + " needs " + STREAM + " NAME");
        }
        boolean file = words.position(2).isPresent();
        if (file && !WITH_FILE.contains(action)) {
            throw new UsageProblem("state " + action + " takes no file");
        }
        if (!file && WITH_FILE.contains(action) && !action.equals("export")) {
            throw new UsageProblem("state " + action + " needs a file: penstock state " + action + " PLAN.yaml FILE");
        }
    }

    private static PlannedConnection connection(Plan plan, Words words) {
        Optional<String> named = words.text(CONNECTION);
        if (named.isEmpty() && plan.connections().size() > 1) {
            throw new UsageProblem("the plan " + plan.name() + " has several connections: say which one, such as "
                    + CONNECTION + " " + plan.connections().get(0).id());
        }
        return named.map(plan::connection).orElseGet(() -> plan.connections().get(0));
    }

    private static void show(StateDesk desk, Plan plan, Words words, Console console) {
        List<PlannedConnection> shown =
                words.text(CONNECTION).map(plan::connection).map(List::of).orElse(plan.connections());
        List<StateDocument> states = Objects.requireNonNull(Flux.fromIterable(shown)
                .concatMap(desk::read)
                .map(state -> state.only(concerned(words)))
                .collectList()
                .block());
        if (words.has(Words.JSON)) {
            console.out()
                    .println(
                            FailureText.json(states.stream().map(StateJson::map).toList()));
        } else {
            StateText.lines(states).forEach(console.out()::println);
        }
    }

    private static Predicate<String> concerned(Words words) {
        return words.text(STREAM).<Predicate<String>>map(name -> name::equals).orElse(name -> true);
    }

    private static void export(StateDesk desk, PlannedConnection connection, Words words, Console console) {
        String json = StateJson.write(read(desk, connection, words));
        if (words.position(2).isPresent()) {
            keep(json, words, console);
        } else {
            console.out().print(json);
        }
    }

    private static void backup(StateDesk desk, PlannedConnection connection, Words words, Console console) {
        keep(StateBackup.write(read(desk, connection, words)), words, console);
    }

    private static void keep(String text, Words words, Console console) {
        Path file = file(words, console);
        StateFiles.write(file, text);
        if (words.has(Words.JSON)) {
            console.out().println(FailureText.json(Map.of("file", file.toString())));
        } else {
            console.say("The state is in " + console.shown(file) + ".");
        }
    }

    private static Path file(Words words, Console console) {
        return console.directory().resolve(words.position(2).orElseThrow());
    }

    private static StateDocument read(StateDesk desk, PlannedConnection connection, Words words) {
        StateDocument held = Objects.requireNonNull(desk.read(connection).block());
        return chosen(held, words, "the destination holds no state of the stream ");
    }

    private static StateDocument chosen(StateDocument state, Words words, String problem) {
        words.text(STREAM).filter(name -> !state.streams().contains(name)).ifPresent(name -> {
            throw new ConfigError(problem + name + Nearest.hint(name, state.streams()));
        });
        return state.only(concerned(words));
    }

    private static void change(
            String action, StateDesk desk, PlannedConnection connection, Words words, Console console) {
        int changed = Objects.requireNonNull(
                desk.change(connection, wish(action, words, console)).block());
        if (words.has(Words.JSON)) {
            console.out()
                    .println(FailureText.json(
                            Map.of("connection", connection.id().name(), "changed", changed)));
        } else {
            console.say(said(action, changed, connection.id()));
        }
    }

    private static StateChange wish(String action, Words words, Console console) {
        if (action.equals("reset")) {
            return StateChange.reset(words.text(STREAM), words.text(SLICE));
        }
        String text = StateFiles.read(file(words, console));
        String name = words.position(2).orElseThrow();
        String missing = name + " holds no state of the stream ";
        return action.equals("import")
                ? StateChange.set(chosen(StateJson.read(name, text), words, missing))
                : StateChange.restore(chosen(StateBackup.read(name, text), words, missing), concerned(words));
    }

    private static String said(String action, int changed, ConnectionId connection) {
        String cursors = changed + (changed == 1 ? " cursor of " : " cursors of ") + connection;
        return action.equals("reset")
                ? cursors + " forgotten: the next run reads from the beginning."
                : cursors + " set: the next run goes on from there.";
    }
}
