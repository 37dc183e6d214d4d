package io.penstock.testkit.range;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.model.ModelData;
import io.penstock.testkit.model.hostile.Hostile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The judge judges: contestants that lose, double, invent or stop wrongly are told so. */
class RangeTest {

    private final Range range = new Range(300, 42);
    private final List<String> truth = lines();

    private static List<String> lines() {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        try {
            ModelData.of(42, 300).writeLines("events", 1, lines);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return lines.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private Score score(String misbehaviour, int exitCode, List<String> rows) {
        return range.score(Hostile.named(misbehaviour), api -> {
            ask(api.resolve("/v1/events?page=1"));
            ask(api.resolve("/v1/events?page=2"));
            ask(api.resolve("/v1/events?page=3"));
            return new Ending(exitCode, Map.of("events", rows), "last words");
        });
    }

    private static void ask(URI url) {
        try {
            HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
            connection.setRequestProperty("X-Api-Key", "demo-key");
            try (InputStream body = connection.getInputStream()) {
                body.readAllBytes();
            }
        } catch (IOException refused) {
            assertThat(refused).hasMessageContaining("Server returned HTTP response code");
        }
    }

    @Test
    void theTruthPasses() {
        Score score = score("internal-error", 0, truth);
        assertThat(score.verdict()).as(score.remark()).isEqualTo(Verdict.PASSED);
        assertThat(score.strikes()).isEqualTo(1);
    }

    @Test
    void whatIsLostDoubledOrInventedFails() {
        List<String> doubled = new ArrayList<>(truth);
        doubled.add(truth.get(7));
        List<String> invented = new ArrayList<>(truth);
        invented.set(7, "{\"id\":\"made up\"}");
        assertThat(score("internal-error", 0, truth.subList(1, 300)).remark()).startsWith("1 events rows lost");
        assertThat(score("internal-error", 0, doubled).remark()).startsWith("1 events rows twice");
        assertThat(score("internal-error", 0, invented).remark())
                .startsWith("1 events rows that the API does not have, 1 events rows lost");
        assertThat(score("duplicate-records", 0, doubled).verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void anEndOfAnotherKindFails() {
        assertThat(score("error-storm", 75, truth.subList(0, 50)).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(score("error-storm", 0, truth).remark()).startsWith("exit code 75 expected");
        assertThat(score("error-storm", 76, truth.subList(0, 50)).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(score("error-storm", 75, List.of("{}")).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void whoNeverMetItIsNeitherGoodNorBad() {
        assertThat(score("more-without-cursor", 0, truth).verdict()).isEqualTo(Verdict.UNTOUCHED);
    }
}
