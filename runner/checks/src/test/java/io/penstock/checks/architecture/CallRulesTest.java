package io.penstock.checks.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallRulesTest {

    private static final String EMBEDDED = "an embedder's client has nobody who passes them in";
    private static final String COMMAND = "the command line is where the process begins and time comes from the system";
    private static final String MAIN_THREAD = "the main thread of the command line waits for the run";
    private static final String CONTRACT = "contract tests wait on the thread of the test, with a limit";
    private static final String OWN_THREAD = "a test's server starts and stops on the thread of the test";

    static final AllowList TIME_AND_CHANCE = new AllowList()
            .allow("io.penstock.client.SystemTime: Clock.systemUTC", EMBEDDED)
            .allow("io.penstock.client.SystemTime: RandomGenerator.getDefault", EMBEDDED)
            .allow(
                    "io.penstock.http.HttpTransport: RandomGenerator.of",
                    "the default of a setting, for request ids only")
            .allow("io.penstock.cli.CommandLineParser: Clock.systemUTC", COMMAND)
            .allow("io.penstock.cli.Session: Clock.systemUTC", COMMAND)
            .allow("io.penstock.cli.view.BudgetText: Clock.systemUTC", COMMAND)
            .allow("io.penstock.cli.Session: RandomGenerator.getDefault", COMMAND);

    static final AllowList BLOCKING = new AllowList()
            .allow("io.penstock.cli.CheckVerb: Mono.block", MAIN_THREAD)
            .allow("io.penstock.cli.LoginVerb: Mono.block", MAIN_THREAD)
            .allow("io.penstock.cli.DemoApiVerb: CountDownLatch.await", MAIN_THREAD)
            .allow("io.penstock.cli.PreviewVerb: Mono.block", MAIN_THREAD)
            .allow("io.penstock.cli.DryRun: Mono.block", MAIN_THREAD)
            .allow(
                    "io.penstock.runner.secrets.PlanSecrets: Mono.block",
                    "who reads a plan waits for its secrets as for its files, with a limit")
            .allow("io.penstock.cli.StateVerb: Mono.block", MAIN_THREAD)
            .allow("io.penstock.cli.run.StopSignals: Mono.block", MAIN_THREAD)
            .allow("io.penstock.cli.view.ProgressView: Mono.block", MAIN_THREAD)
            .allow("io.penstock.cli.StreamsVerb: Mono.block", MAIN_THREAD)
            .allow(
                    "io.penstock.cli.view.QueuedStream: Condition.await",
                    "its own thread waits for text, and the main thread, once a command is over, for its reader")
            .allow("io.penstock.testkit.model.ModelApi: ChannelGroupFuture.awaitUninterruptibly", OWN_THREAD)
            .allow("io.penstock.testkit.model.ModelApi: DisposableServer.disposeNow", OWN_THREAD)
            .allow("io.penstock.testkit.model.ModelApi: HttpServer.bindNow", OWN_THREAD)
            .allow("io.penstock.testkit.sink.CommitContract: Flux.blockLast", CONTRACT)
            .allow("io.penstock.testkit.sink.SinkRun: Mono.block", CONTRACT)
            .allow("io.penstock.cli.range.PlanContestant: Mono.block", MAIN_THREAD)
            .allow("io.penstock.testkit.range.HostileContract: Flux.toStream", CONTRACT)
            .allow("io.penstock.testkit.range.SourceContestant: Flux.blockLast", CONTRACT)
            .allow("io.penstock.testkit.sink.KilledRun: Process.waitFor", CONTRACT)
            .allow("io.penstock.testkit.source.Sources: Mono.block", CONTRACT)
            .allow("io.penstock.testkit.source.StepTransport: Mono.block", CONTRACT)
            .allow("io.penstock.testkit.vault.EntriesContract: Mono.block", CONTRACT)
            .allow("io.penstock.testkit.vault.EntriesContract: Mono.blockOptional", CONTRACT)
            .allow("io.penstock.testkit.vault.SharedTokenContract: Flux.blockLast", CONTRACT)
            .allow("io.penstock.testkit.vault.SharedTokenContract: Mono.block", CONTRACT)
            .allow("io.penstock.testkit.vault.TurnsContract: Flux.blockLast", CONTRACT)
            .allow("io.penstock.testkit.vault.TurnsContract: Mono.block", CONTRACT)
            .allow(
                    "io.penstock.sink.SinkThreads: ThreadPoolExecutor.awaitTermination",
                    "closing lets accepted work end, for at most a minute, and never on a thread of its own");

    @TempDir
    private Path folder;

    @Test
    void timeAndChanceArePassedIn() {
        assertThat(TIME_AND_CHANCE.judge(CallRules.systemTimeAndChance(Product.classes())))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    System.nanoTime()                                            | System.nanoTime
                    System.currentTimeMillis()                                   | System.currentTimeMillis
                    java.time.Instant.now()                                      | Instant.now
                    java.time.LocalDate.now(java.time.ZoneId.of("UTC"))          | LocalDate.now
                    java.time.LocalDateTime.now()                                | LocalDateTime.now
                    java.time.Clock.systemDefaultZone()                          | Clock.systemDefaultZone
                    java.util.concurrent.ThreadLocalRandom.current()             | ThreadLocalRandom.current
                    Math.random()                                                | Math.random
                    new java.util.Random()                                       | new Random
                    java.util.random.RandomGenerator.getDefault()                | RandomGenerator.getDefault
                    java.util.UUID.randomUUID()                                  | UUID.randomUUID
                    reactor.core.publisher.Mono.delay(java.time.Duration.ZERO)   | Mono.delay
                    reactor.core.publisher.Flux.interval(java.time.Duration.ZERO)| Flux.interval
                    reactor.core.publisher.Flux.just(1).delayElements(java.time.Duration.ZERO) | Flux.delayElements
                    reactor.core.publisher.Mono.just(1).delayElement(java.time.Duration.ZERO)  | Mono.delayElement
                    reactor.core.publisher.Mono.just(1).timeout(java.time.Duration.ZERO)       | Mono.timeout
                    (java.util.function.Supplier<java.time.Instant>) java.time.Instant::now    | Instant.now
                    (Runnable) () -> { try { Thread.sleep(1); } catch (InterruptedException e) { } } | Thread.sleep
                    """)
    void theRuleOfTimeCatches(String expression, String call) {
        assertThat(CallRules.systemTimeAndChance(holding(expression))).containsExactly("planted.Held: " + call);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    new java.util.Random(42)
                    java.time.Instant.now(java.time.Clock.fixed(java.time.Instant.EPOCH, java.time.ZoneOffset.UTC))
                    reactor.core.publisher.Mono.delay(java.time.Duration.ZERO, reactor.core.scheduler.Schedulers.single())
                    """)
    void theRuleOfTimeLetsThrough(String expression) {
        assertThat(CallRules.systemTimeAndChance(holding(expression))).isEmpty();
    }

    @Test
    void nothingBlocks() {
        assertThat(BLOCKING.judge(CallRules.blocking(Product.classes()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    reactor.core.publisher.Mono.just(1).block()                      | Mono.block
                    reactor.core.publisher.Flux.just(1).blockLast()                  | Flux.blockLast
                    reactor.core.publisher.Flux.just(1).blockFirst()                 | Flux.blockFirst
                    reactor.core.publisher.Flux.just(1).toIterable()                 | Flux.toIterable
                    reactor.core.publisher.Flux.just(1).toStream()                   | Flux.toStream
                    new java.util.concurrent.CompletableFuture<String>().get()       | CompletableFuture.get
                    new java.util.concurrent.CompletableFuture<String>().join()      | CompletableFuture.join
                    make(() -> new java.util.concurrent.CountDownLatch(1).await())   | CountDownLatch.await
                    make(() -> Thread.currentThread().join())                        | Thread.join
                    make(() -> new Object().wait())                                  | Object.wait
                    """)
    void theRuleOfBlockingCatches(String expression, String call) {
        assertThat(CallRules.blocking(holding(expression))).containsExactly("planted.Held: " + call);
    }

    @Test
    void everyMergeStatesItsConcurrency() {
        assertThat(CallRules.unstatedConcurrency(Product.classes())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    reactor.core.publisher.Flux.just(1).flatMap(reactor.core.publisher.Mono::just)           | Flux.flatMap
                    reactor.core.publisher.Flux.just(1).flatMapSequential(reactor.core.publisher.Mono::just) | Flux.flatMapSequential
                    """)
    void theRuleOfMergesCatches(String expression, String call) {
        assertThat(CallRules.unstatedConcurrency(holding(expression))).containsExactly("planted.Held: " + call);
    }

    @Test
    void theRuleOfMergesLetsThroughAStatedConcurrency() {
        assertThat(CallRules.unstatedConcurrency(holding(
                        "reactor.core.publisher.Flux.just(1).flatMap(reactor.core.publisher.Mono::just, 4, 1)")))
                .isEmpty();
    }

    private JavaClasses holding(String expression) {
        return Planted.classes(
                folder,
                "package planted; class Held { interface Act { void run() throws Exception; } static Object make(Act act)"
                        + " { return act; } Object held() throws Exception { return " + expression + "; } }");
    }
}
