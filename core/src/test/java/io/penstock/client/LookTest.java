package io.penstock.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.message.ApiRequest;
import io.penstock.message.Glimpse;
import io.penstock.message.Headers;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import io.penstock.page.Paging;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** What is made of a document of which only the beginning has come, cut anywhere. */
class LookTest {

    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final Head OK = new Head(200, Headers.NONE, "request-id");

    private final List<String> asked = new ArrayList<>();
    private int shown;

    private Pages pages(Paging paging, String document, int cut) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        ScriptedTransport transport = new ScriptedTransport(request -> answer(request, bytes, cut));
        return ClientResources.of(
                        transport, Schedulers.parallel(), Clock.systemUTC(), RandomGenerator.of("L64X128MixRandom"))
                .client(URI.create("https://api.example.com"))
                .build()
                .get("/items")
                .pages(paging)
                .aheadAsAllowed();
    }

    private Publisher<ResponsePart> answer(ApiRequest request, byte[] bytes, int cut) {
        String cursor = request.query("cursor").orElse("");
        asked.add(cursor);
        if (!cursor.isEmpty()) {
            return Flux.just(OK, new Chunk("{\"items\":[]}".getBytes(StandardCharsets.UTF_8), true));
        }
        return Flux.deferContextual(context -> {
            Glimpse glimpse = Glimpse.in(context).orElseThrow();
            boolean more = glimpse.begins(OK);
            for (int end = 1 + cut % 7; end <= cut && more; end += 1 + cut % 7) {
                more = glimpse.sees(bytes, end);
            }
            if (more) {
                glimpse.sees(bytes, cut);
            }
            shown = asked.size();
            return Flux.just(OK, new Chunk(bytes.clone(), true));
        });
    }

    /** {@code known}: the text behind whose last byte the token must have been seen; none for never. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"next\":\"a b\\u00e9\",\"items\":[{\"id\":1}]}            | /next      |           | a b\u00e9  | ,\"items\"",
                "{\"next\":1234,\"items\":[{\"id\":1}]}                      | /next      |           | 1234       | ,\"items\"",
                "{\"meta\":{\"n\":[1,{}],\"next\":\"c\"},\"items\":[{\"id\":1}]} | /meta/next |           | c          | },\"items\"",
                "{\"next\":\"c\",\"more\":true,\"items\":[{\"id\":1}]}       | /next      | /more     | c          | ,\"items\"",
                "{\"next\":\"c\",\"items\":[{\"id\":1}],\"more\":true}       | /next      | /more     | c          | ",
                "{\"items\":[{\"id\":1}],\"next\":\"c\"}                     | /next      |           | c          | ",
                "{\"next\":null,\"items\":[{\"id\":1}]}                      | /next      |           |            | ",
                "{\"next\":\"c\",\"more\":false,\"items\":[{\"id\":1}]}      | /next      | /more     |            | ",
                "{\"other\":\"c\",\"deep\":{\"next\":\"d\"},\"items\":[{}]}  | /next      |           |            | ",
            })
    void aTokenIsSeenWholeOrNotAtAll(String document, String pointer, String flag, String token, String known) {
        Paging paging = flag == null ? Paging.cursor(pointer, "cursor") : Paging.cursor(pointer, "cursor", flag);
        for (int cut = 0; cut <= document.getBytes(StandardCharsets.UTF_8).length; cut++) {
            asked.clear();
            pages(paging, document, cut).batches("/items").blockLast(LIMIT);
            assertThat(asked)
                    .as("cut at %d", cut)
                    .containsExactlyElementsOf(token == null ? List.of("") : List.of("", token));
            int end = known == null ? Integer.MAX_VALUE : document.indexOf(known) + known.length();
            if (cut >= end) {
                assertThat(shown).as("seen at %d", cut).isEqualTo(2);
            } else if (known == null && document.indexOf("}]") > cut) {
                assertThat(shown).as("not seen at %d", cut).isEqualTo(1);
            }
        }
    }
}
