package io.penstock.checks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code demo-api} tells its user to type works. Budget: 10 s. */
class DemoApiIT {

    private static final Pattern CURL = Pattern.compile("curl -u (\\S+) '(\\S+)'");

    @TempDir
    private Path folder;

    @Test
    void theFirstCommandThatItPrintsIsAnswered() throws IOException, InterruptedException {
        try (Child child =
                Child.start(folder, List.of(), "io.penstock.cli.Main", "demo-api", "--port", "0", "--records", "10")) {
            Matcher curl = CURL.matcher(child.until("/_stats").said());
            assertThat(curl.find()).isTrue();
            HttpRequest request = HttpRequest.newBuilder(URI.create(curl.group(2)))
                    .timeout(Duration.ofSeconds(30))
                    .header(
                            "Authorization",
                            "Basic "
                                    + Base64.getEncoder()
                                            .encodeToString(curl.group(1).getBytes(StandardCharsets.UTF_8)))
                    .build();
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("cus_000000001");
        }
    }
}
