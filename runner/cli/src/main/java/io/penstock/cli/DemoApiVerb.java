package io.penstock.cli;

import io.penstock.cli.range.ScoreTable;
import io.penstock.cli.view.Console;
import io.penstock.cli.view.UsageProblem;
import io.penstock.config.Durations;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.rate.RateLimit;
import io.penstock.testkit.model.ModelApi;
import java.util.concurrent.CountDownLatch;
import org.jline.utils.Signals;
import picocli.CommandLine.Model.CommandSpec;
import reactor.netty.ChannelBindException;

/** {@code demo-api}. */
final class DemoApiVerb implements Verb {

    static final long MOST_RECORDS = 100_000_000;
    private static final long MOST_REVISIONS = 1000;
    private static final String HOSTILE = "--hostile";
    private static final String LIST = "list";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create()
                .name("demo-api")
                .addOption(Words.number(
                        "--port", "P", "Listen on this port of 127.0.0.1; default 8080, 0 for a free one."))
                .addOption(Words.number("--records", "N", "Rows of each stream; default 10000."))
                .addOption(
                        Words.number("--revision", "R", "How often the data has changed since it was new; default 1."))
                .addOption(Words.number("--seed", "S", "Which data; default 42."))
                .addOption(Words.text("--limit", "LIMIT", "Refuse more than this, such as 100/s."))
                .addOption(Words.text("--latency", "TIME", "Answer this much later, such as 50ms."))
                .addOption(Words.text(
                                HOSTILE,
                                "HOW",
                                "A seed: throttle, fail, reset, cut off and stall now and then, as it decides; default 1."
                                        + " A misbehaviour's name: do that, and thoroughly. list: show the names and exit.")
                        .toBuilder()
                        .arity("0..1")
                        .fallbackValue("1")
                        .build());
        spec.usageMessage()
                .description("Serves the model API of the demo alone, for any client.")
                .footer(
                        "",
                        "GET /_truth  the exact rows and checksums",
                        "GET /_stats  what was asked of it",
                        "Examples:",
                        "  penstock demo-api --records 100000 --limit 100/s --latency 50ms",
                        "  penstock demo-api --port 0 --hostile 7",
                        "  penstock demo-api --hostile gzip-bomb",
                        "  penstock demo-api --hostile list");
        return spec;
    }

    @Override
    public int run(Words words, Console console) throws InterruptedException {
        if (words.text(HOSTILE).filter(LIST::equals).isPresent()) {
            ScoreTable.catalogue(console);
            return 0;
        }
        try (ModelApi api = started(words)) {
            console.say("Serving the model API at " + api.baseUrl() + " until Ctrl-C.");
            console.say("  curl -u demo:demo-password '" + api.baseUrl() + "/v1/customers?per_page=2'");
            console.say("  curl " + api.baseUrl() + "/_truth      the exact rows and checksums");
            console.say("  curl " + api.baseUrl() + "/_stats      what was asked of it");
            console.out().println(api.baseUrl());
            console.out().flush();
            CountDownLatch stopped = new CountDownLatch(1);
            Signals.register("INT", stopped::countDown);
            Signals.register("TERM", stopped::countDown);
            stopped.await();
        }
        return 0;
    }

    private static ModelApi started(Words words) {
        int port = (int) words.count("--port", 8080, 0, 65_535);
        ModelApi.Builder api = ModelApi.builder()
                .port(port)
                .records(words.count("--records", 10_000, 0, MOST_RECORDS))
                .revision((int) words.count("--revision", 1, 1, MOST_REVISIONS))
                .seed(words.number("--seed").orElse(42L));
        try {
            words.text(HOSTILE).ifPresent(how -> misbehave(api, how));
            words.text("--limit").map(RateLimit::parse).ifPresent(limit -> api.limit(limit.permits(), limit.window()));
            words.text("--latency").map(Durations::parse).ifPresent(api::latency);
            return api.build().start();
        } catch (IllegalArgumentException wrong) {
            throw new UsageProblem(String.valueOf(wrong.getMessage()));
        } catch (ChannelBindException taken) {
            throw new ConfigError(
                    "cannot listen on port " + port + " of 127.0.0.1: choose another with --port, or 0 for a free one",
                    taken);
        }
    }

    /** A number is a seed, everything else the name of a misbehaviour. */
    private static void misbehave(ModelApi.Builder api, String how) {
        if (how.matches("-?\\d{1,18}")) {
            api.hostile(Long.parseLong(how));
        } else {
            api.misbehaviour(how);
        }
    }
}
