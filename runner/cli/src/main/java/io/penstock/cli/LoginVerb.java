package io.penstock.cli;

import io.penstock.auth.Login;
import io.penstock.cli.login.Browser;
import io.penstock.cli.login.CodeListener;
import io.penstock.cli.view.Console;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.runner.plan.Plan;
import io.penstock.runner.plan.PlannedConnection;
import io.penstock.source.Source;
import java.net.URI;
import picocli.CommandLine.Model.CommandSpec;
import reactor.core.publisher.Mono;

/** {@code login PLAN.yaml --connection C}. */
final class LoginVerb implements Verb {

    private static final long LAST_PORT = 65_535;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Words.ofPlan("login")
                .addOption(
                        Words.text("--connection", "NAME", "Whose access is granted; needless if there is only one."))
                .addOption(Words.flag("--device", "Log in on another device, by a code to type there."))
                .addOption(Words.number(
                        "--port",
                        "N",
                        "Where the browser comes back to, if the server must know it; default any free."))
                .addOption(Words.flag("--no-browser", "Only print the URL, even where a browser could be opened."));
        spec.usageMessage()
                .description(
                        "Lets a person grant access to an API (OAuth 2.0), and keeps the credential, encrypted, in",
                        "~/.penstock/credentials or the folder PENSTOCK_CREDENTIALS. The browser comes back to this machine.")
                .footer(
                        "",
                        "Examples:",
                        "  penstock login crm.yaml",
                        "  penstock login crm.yaml --connection crm --device");
        return spec;
    }

    @Override
    public int run(Words words, Console console) {
        int port = (int) words.count("--port", 0, 0, LAST_PORT);
        try (Session session = Session.impatient()) {
            Plan plan = session.plan(words, console);
            PlannedConnection connection =
                    words.text("--connection").map(plan::connection).orElseGet(() -> only(plan));
            try (Source source = session.host().source(connection)) {
                Login login = source.login().orElseThrow(() -> unneeded(connection));
                Mono<Void> done = words.has("--device")
                        ? login.device().flatMap(visit -> told(visit, console))
                        : new CodeListener(login, port, session.host().timer()).run(url -> open(url, words, console));
                done.block();
            }
            console.say("Access is granted and kept: penstock check proves it.");
            return 0;
        }
    }

    private static PlannedConnection only(Plan plan) {
        if (plan.connections().size() != 1) {
            throw new ConfigError(
                    "the plan " + plan.name() + " has several connections: say which one, such as --connection "
                            + plan.connections().get(0).id());
        }
        return plan.connections().get(0);
    }

    private static ConfigError unneeded(PlannedConnection connection) {
        return new ConfigError("nobody logs in to connection " + connection.id()
                + ": its auth is not oauth2 with grant authorization_code or device");
    }

    private static void open(URI url, Words words, Console console) {
        boolean opened = !words.has("--no-browser") && Browser.open(url, console);
        console.say(
                opened
                        ? "A browser is opened; if it is not, open this within 5 minutes:"
                        : "Open this within 5 minutes:");
        console.say("  " + url);
    }

    private static Mono<Void> told(Login.DeviceVisit visit, Console console) {
        console.say("Open this on any device within " + Math.max(1, visit.life().toMinutes()) + " minutes:");
        console.say("  " + visit.url());
        console.say("and type this code there:");
        console.say("  " + visit.code());
        return visit.finish();
    }
}
