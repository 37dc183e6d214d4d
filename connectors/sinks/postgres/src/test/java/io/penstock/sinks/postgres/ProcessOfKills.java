package io.penstock.sinks.postgres;

import io.penstock.record.Resume;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import io.penstock.testkit.sink.SinkRun;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Commits small batches for ever, in every mode, and says a word at each step; it ends by being killed. */
final class ProcessOfKills {

    /** Rows of each commit. */
    static final int ROWS = 5;

    private static final int REPLACEMENT = 3;

    private ProcessOfKills() {}

    static StreamInfo stream(String name) {
        return new StreamInfo(
                StreamId.of("shop", name),
                Optional.empty(),
                List.of("id"),
                Optional.empty(),
                Optional.of("deleted"),
                Resume.PAGE_TOKEN);
    }

    /** Gets ready, then waits for a byte: the tests start the next process while they still watch the one before it. */
    public static void main(String[] arguments) throws IOException, SQLException {
        Path directory = Path.of(arguments[0]);
        TestServer.connect().close();
        SinkRun.await(Mono.empty().delaySubscription(Mono.just(directory)));
        if (System.in.read() < 0) {
            return;
        }
        StreamInfo appended = stream("appended");
        try (SinkRun run = SinkRun.of(Postgres.open(directory), appended)) {
            say("claimed");
            long version = run.claim().of(run.slice("all")).version();
            long upserts = run.claim().of(stream("upserted").id().slice("all")).version();
            long refreshed =
                    run.claim().of(stream("replaced").id().slice("all")).version();
            SinkRun upserting = run.with(stream("upserted"));
            SinkRun replacing = run.with(stream("replaced"));
            while (true) {
                version = append(run, version);
                upserts = upsert(upserting, upserts);
                refreshed = replace(replacing, refreshed);
            }
        }
    }

    private static long append(SinkRun run, long version) {
        try (Stage stage = run.stage("all", WriteMode.APPEND)) {
            SinkRun.write(stage, 0, lines(version * ROWS, version));
            say("written");
            SinkRun.await(stage.commit(run.commit(version + 1, "c" + (version + 1))));
            say("appended");
        }
        return version + 1;
    }

    private static long upsert(SinkRun run, long version) {
        run.load("all", WriteMode.UPSERT, version + 1, "u" + (version + 1), lines(0, version + 1));
        say("upserted");
        return version + 1;
    }

    private static long replace(SinkRun run, long version) {
        for (int part = 0; part < REPLACEMENT; part++) {
            run.load(
                    "all",
                    WriteMode.REPLACE,
                    version + part + 1,
                    "r" + (version + part + 1),
                    lines((long) part * ROWS, version + REPLACEMENT));
            say("loaded");
        }
        SinkRun.await(run.sink().publish(stream("replaced").id(), WriteMode.REPLACE));
        say("replaced");
        return version + REPLACEMENT;
    }

    /** Now and then a new field comes, so that tables change as well. */
    private static String[] lines(long first, long version) {
        String[] lines = new String[ROWS];
        for (int i = 0; i < ROWS; i++) {
            lines[i] = "{\"id\":" + (first + i) + ",\"v\":" + version + ",\"f" + version / 4 % 300 + "\":\"x\"}";
        }
        return lines;
    }

    private static void say(String word) {
        System.out.println(word);
    }
}
