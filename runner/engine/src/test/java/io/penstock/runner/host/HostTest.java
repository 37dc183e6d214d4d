package io.penstock.runner.host;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.client.ClientResources;
import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.http.Transport;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart;
import io.penstock.record.ConnectionId;
import io.penstock.runner.limits.Limits;
import io.penstock.runner.plan.PlannedConnection;
import io.penstock.runner.plan.Plugin;
import io.penstock.sink.Sink;
import io.penstock.sink.SinkProvider;
import io.penstock.sink.SinkRuntime;
import io.penstock.source.Source;
import io.penstock.source.SourceProvider;
import io.penstock.source.SourceRuntime;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What whoever starts a run is told of its connections. */
class HostTest {

    private final ListAppender<ILoggingEvent> heard = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(Host.class);

    @BeforeEach
    void listen() {
        heard.start();
        log.addAppender(heard);
    }

    @AfterEach
    void stop() {
        log.detachAppender(heard);
    }

    private void open(String base) {
        Transport silent = new Transport() {
            @Override
            public Flux<ResponsePart> send(ApiRequest request) {
                return Flux.never();
            }

            @Override
            public void close() {}
        };
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        Clock clock = Clock.systemUTC();
        ClientResources resources = ClientResources.of(silent, time, clock, new SplittableRandom(1));
        Config none = Config.of(List.of(), Map.of());
        PlannedConnection shop = new PlannedConnection(
                new ConnectionId("shop"),
                new Plugin<>("api", new Api(URI.create(base)), none),
                new Plugin<>("nowhere", new Nowhere(), none),
                Limits.DEFAULT,
                Optional.empty(),
                List.of());
        try {
            new Host(resources::client, time, clock, new Random(1), new SimpleMeterRegistry()).source(shop);
        } catch (UnsupportedOperationException opened) {
            assertThat(opened).hasMessage("a client is all that was wanted");
        }
    }

    @Test
    void plainHttpIsWarnedOf() {
        open("http://api.example.test/v1");
        assertThat(heard.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage())
                        .startsWith("shop: base_url is plain http")
                        .contains("http://api.example.test")
                        .endsWith("use https"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.example.test", "http://127.0.0.1:8080", "http://localhost:8080/v1"})
    void whatNobodyOnTheWayCanReadIsNot(String base) {
        open(base);
        assertThat(heard.list).isEmpty();
    }

    private record Api(URI base) implements SourceProvider {
        @Override
        public String name() {
            return "api";
        }

        @Override
        public String summary() {
            return "makes a client";
        }

        @Override
        public List<Setting<?>> settings() {
            return List.of();
        }

        @Override
        public Source open(Config config, SourceRuntime runtime) {
            runtime.client().apply(base);
            throw new UnsupportedOperationException("a client is all that was wanted");
        }
    }

    private record Nowhere() implements SinkProvider {
        @Override
        public String name() {
            return "nowhere";
        }

        @Override
        public String summary() {
            return "is not opened";
        }

        @Override
        public List<Setting<?>> settings() {
            return List.of();
        }

        @Override
        public Sink open(Config config, SinkRuntime runtime) {
            throw new UnsupportedOperationException();
        }
    }
}
