package io.penstock.auth.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.penstock.error.BadAnswer;
import java.net.URI;

/** Whatever an issuer says of itself, its endpoints are its own, or it is refused by its type. Budget: 15 s replayed. */
class ServerMetadataFuzzTest {

    @FuzzTest(maxDuration = "15s")
    void metadata(FuzzedDataProvider data) {
        URI issuer = URI.create("https://login.example.com");
        try {
            ServerMetadata found =
                    ServerMetadata.of(ServerJson.object(data.consumeRemainingAsBytes(), "the metadata"), issuer);
            found.token().ifPresent(url -> assertThat(url.getHost()).isEqualToIgnoringCase("login.example.com"));
        } catch (BadAnswer typed) {
            assertThat(typed.getMessage()).startsWith("the metadata");
        }
    }
}
