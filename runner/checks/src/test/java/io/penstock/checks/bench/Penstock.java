package io.penstock.checks.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.client.ApiClient;
import io.penstock.client.ClientResources;
import io.penstock.config.SecretSource;
import io.penstock.http.HttpLimits;
import io.penstock.http.HttpLimits.Limit;
import io.penstock.http.HttpTransport;
import io.penstock.http.Transport;
import io.penstock.runner.catalogue.Catalogue;
import io.penstock.runner.event.RunListener;
import io.penstock.runner.host.Host;
import io.penstock.runner.plan.Plan;
import io.penstock.runner.run.RunOptions;
import io.penstock.runner.run.Runner;
import io.penstock.runner.summary.RunSummary;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Penstock as its users run it: plans through the runner, or the client by itself. */
final class Penstock {

    /** One document of a gigabyte is more than the defaults let in. */
    private static final HttpLimits ROOM =
            HttpLimits.DEFAULT.with(Limit.WIRE_BYTES, 4L << 30).with(Limit.INFLATED_BYTES, 4L << 30);

    private Penstock() {}

    /** The client by itself: whole answers, one after the other in each lane. */
    static Flux<Long> exchange(ApiClient api, int lanes, int pages) {
        return Flux.range(0, lanes)
                .flatMap(
                        lane -> Flux.range(0, pages)
                                .concatMap(
                                        page -> api.get("/pages")
                                                .query("cursor", Integer.toString(page))
                                                .query("of", Integer.toString(pages))
                                                .exchange()
                                                .map(answer -> (long) answer.body().length),
                                        1)
                                .reduce(0L, Long::sum),
                        lanes);
    }

    /** A plan that reads {@code slices} times {@code pages} pages into {@code sink}, given as YAML. */
    static String plan(String base, int slices, int pages, int wait, String sink) {
        String values =
                IntStream.range(0, slices).mapToObj(i -> "\"" + i + "\"").collect(Collectors.joining(", "));
        return """
                connections:
                  bench:
                    source:
                      connector: rest
                      base_url: %s
                      streams:
                        records:
                          path: /pages
                          params: { of: "%d", wait: "%d", lane: "{slice}" }
                          records: /items
                          paging: { cursor: { at: /next, param: cursor } }
                          slices: [%s]
                          schema: %s
                    limits: { concurrency: %d }
                    streams: [{ name: records, mode: append }]
                    sink: %s
                """.formatted(base, pages, wait, values, PageServer.SCHEMA, slices, sink);
    }

    static void run(String yaml, Path directory) {
        Transport transport = HttpTransport.builder().limits(ROOM).build();
        try (ClientResources resources =
                ClientResources.of(transport, Schedulers.parallel(), Clock.systemUTC(), RandomGenerator.getDefault())) {
            Host host = new Host(
                    resources::client,
                    Schedulers.parallel(),
                    Clock.systemUTC(),
                    RandomGenerator.getDefault(),
                    new SimpleMeterRegistry());
            Plan plan = Plan.parse(
                    "bench.yaml",
                    directory,
                    yaml,
                    Catalogue.load(Penstock.class.getClassLoader()),
                    SecretSource.ENVIRONMENT);
            RunSummary summary = Objects.requireNonNull(new Runner(host)
                    .start(plan, RunOptions.defaults(), RunListener.NONE)
                    .done()
                    .block());
            if (summary.exitCode() != 0) {
                throw new IllegalStateException(summary.toJson());
            }
        }
    }
}
