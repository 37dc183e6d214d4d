package io.penstock.checks.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

/** That every module's tests are watched for calls that block, and that the watch sees one. */
class WatchedModulesRulesTest {

    private static final String WATCH = "<artifactId>blockhound-junit-platform</artifactId>";

    private static boolean watched(String pom) {
        return pom.contains(WATCH);
    }

    @Test
    void theTestsOfEveryModuleAreWatched() {
        List<Path> modules = Product.files().stream()
                .filter(file -> file.endsWith("pom.xml"))
                .filter(file -> !Product.text(file).contains("<packaging>pom</packaging>"))
                .toList();
        assertThat(modules).hasSizeGreaterThan(12);
        assertThat(modules.stream()
                        .filter(module -> !watched(Product.text(module)))
                        .map(Product::name))
                .isEmpty();
    }

    @Test
    void aModuleWithoutTheWatchIsCaught() {
        assertThat(watched("<dependency><artifactId>reactor-test</artifactId></dependency>"))
                .isFalse();
    }

    @Test
    void aBlockingCallOnAnEventLoopIsCaught() {
        LoopResources loops = LoopResources.create("watched", 1, true);
        try {
            Throwable caught = Mono.<Void>fromRunnable(() -> LockSupport.parkNanos(1))
                    .subscribeOn(Schedulers.fromExecutor(loops.onClient(false)))
                    .materialize()
                    .block(Duration.ofSeconds(20))
                    .getThrowable();
            assertThat(caught).isInstanceOf(BlockingOperationError.class);
        } finally {
            loops.disposeLater(Duration.ZERO, Duration.ofSeconds(5)).block(Duration.ofSeconds(20));
        }
    }
}
