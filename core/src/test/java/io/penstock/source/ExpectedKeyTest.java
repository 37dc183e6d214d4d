package io.penstock.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.client.PageBatch;
import io.penstock.decode.DecodeLimits;
import io.penstock.decode.Decoder;
import io.penstock.decode.Decoders;
import io.penstock.error.BadAnswer.UnexpectedContent;
import io.penstock.message.Headers;
import io.penstock.record.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExpectedKeyTest {

    private static final ExpectedKey ID = new ExpectedKey(List.of("id", "version"));

    private static PageBatch batch(String body) {
        Decoder decoder = Decoders.json(Pointer.ROOT, Set.of(), DecodeLimits.DEFAULT);
        return new PageBatch(
                0,
                1,
                decoder.decode(body.getBytes(StandardCharsets.UTF_8), true),
                true,
                Optional.empty(),
                Headers.NONE,
                decoder.values());
    }

    @Test
    void anErrorInThePlaceOfRecordsIsUnexpected() {
        assertThatThrownBy(() -> ID.judge(batch("{\"ok\":false,\"error\":\"secret text\"}")))
                .isInstanceOf(UnexpectedContent.class)
                .hasMessageContaining("expected records with id, version, found only [ok, error]")
                .hasMessageNotContaining("secret text");
    }

    @Test
    void recordsPassAndSoDoesNothing() {
        for (String body : List.of("[{\"id\":1},{\"id\":2}]", "[{\"version\":1}]", "[]", "[{\"a\":1},{\"id\":2}]")) {
            PageBatch batch = batch(body);
            assertThat(ID.judge(batch)).isSameAs(batch);
        }
        PageBatch keyless = batch("{\"ok\":false}");
        assertThat(new ExpectedKey(List.of()).judge(keyless)).isSameAs(keyless);
    }
}
