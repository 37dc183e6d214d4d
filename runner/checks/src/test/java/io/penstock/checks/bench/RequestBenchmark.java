package io.penstock.checks.bench;

import io.penstock.client.ApiClient;
import io.penstock.client.ClientResources;
import io.penstock.http.Transport;
import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.message.ResponsePart;
import io.penstock.page.Paging;
import io.penstock.rate.RateLimit;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** What permit, retry and paging cost a request when nothing is sent: a walk of pages that are answered from memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(1)
public class RequestBenchmark {

    private static final int PAGES = 1000;
    private static final Headers JSON = Headers.of(Map.of("Content-Type", "application/json"));

    private final ApiClient api = ClientResources.of(
                    new Memory(), Schedulers.parallel(), Clock.systemUTC(), RandomGenerator.getDefault())
            .client(URI.create("https://api.example.com"))
            .limit(RateLimit.of(2_000_000_000, Duration.ofSeconds(1)))
            .build();

    /** A walk of 1000 pages of one record each. */
    @Benchmark
    @OperationsPerInvocation(PAGES)
    public Long page() {
        return api.get("/pages")
                .pages(Paging.cursor("/next", "cursor"))
                .batches("/items")
                .count()
                .block();
    }

    /** Answers at once. */
    private static final class Memory implements Transport {
        @Override
        public Flux<ResponsePart> send(ApiRequest request) {
            int at = request.query("cursor").map(Integer::parseInt).orElse(0);
            String next = at + 1 < PAGES ? "\"" + (at + 1) + "\"" : "null";
            byte[] body = ("{\"next\":" + next + ",\"items\":[{\"id\":" + at + "}]}").getBytes(StandardCharsets.UTF_8);
            return Flux.just(new ResponsePart.Head(200, JSON, "id"), new ResponsePart.Chunk(body, true));
        }

        @Override
        public void close() {
            // nothing was opened
        }
    }
}
