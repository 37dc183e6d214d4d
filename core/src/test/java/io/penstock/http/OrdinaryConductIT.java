package io.penstock.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import io.penstock.error.BadAnswer;
import io.penstock.error.TryLater;
import io.penstock.message.ApiRequest;
import io.penstock.message.Method;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;

/** A server somebody else wrote. */
class OrdinaryConductIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final WireMockServer SERVER = new WireMockServer(options().dynamicPort());
    private static final HttpTransport TRANSPORT =
            HttpTransport.builder().eventLoops(1).build();

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
        TRANSPORT.close();
    }

    private static Flux<ResponsePart> send(Method method, String path) {
        return TRANSPORT.send(ApiRequest.of(method, URI.create(SERVER.baseUrl() + path)));
    }

    @Test
    void readsManyPagesAtOnce() {
        String page = "[" + "{\"id\":1,\"name\":\"somebody\"},".repeat(500) + "{}]";
        SERVER.stubFor(get(urlPathEqualTo("/pages")).willReturn(aResponse().withBody(page)));
        List<Integer> lengths = Flux.range(0, 60)
                .flatMap(i -> send(Method.GET, "/pages?page=" + i), 8)
                .ofType(Chunk.class)
                .map(chunk -> chunk.bytes().length)
                .collectList()
                .block(LIMIT);
        assertThat(lengths).hasSize(60).containsOnly(page.length());
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void everyMethodArrives(Method method) {
        SERVER.stubFor(any(urlPathEqualTo("/method")).willReturn(aResponse().withStatus(202)));
        Head head = (Head) send(method, "/method").blockFirst(LIMIT);
        assertThat(head.status()).isEqualTo(202);
    }

    @Test
    void aBodyArrivesAsItWasGiven() {
        SERVER.stubFor(any(urlPathEqualTo("/post")).willReturn(aResponse().withStatus(201)));
        ApiRequest request = ApiRequest.of(Method.POST, URI.create(SERVER.baseUrl() + "/post"))
                .body("application/json", Answers.utf8("{\"q\":\"größer\"}"));
        TRANSPORT.send(request).blockLast(LIMIT);
        SERVER.verify(postRequestedFor(urlPathEqualTo("/post"))
                .withHeader("Content-Type", equalTo("application/json"))
                .withRequestBody(equalTo("{\"q\":\"größer\"}")));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void everyFaultIsTyped(Fault fault) {
        SERVER.stubFor(get(urlPathEqualTo("/fault")).willReturn(aResponse().withFault(fault)));
        assertThat(send(Method.GET, "/fault").then().materialize().block(LIMIT).getThrowable())
                .isInstanceOfAny(TryLater.class, BadAnswer.ProtocolError.class);
    }

    @Test
    void aBodyInManySmallPiecesIsOnePage() {
        String page = "{\"a\":\"" + "x".repeat(50_000) + "\"}";
        SERVER.stubFor(get(anyUrl()).willReturn(aResponse().withBody(page).withChunkedDribbleDelay(40, 200)));
        List<ResponsePart> parts = send(Method.GET, "/slow").collectList().block(LIMIT);
        assertThat(parts).hasSize(2);
        assertThat(((Chunk) parts.get(1)).bytes()).hasSize(page.length());
    }
}
