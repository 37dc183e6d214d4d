package io.penstock.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.penstock.config.SecretSource;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.rate.RateLimit;
import io.penstock.sink.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {

    private static final SecretSource SECRETS = SecretSource.of(Map.of("SHOP_TOKEN", "tok-en-of-the-shop"));
    private static final String GOOD = """
            connections:
              shop:
                source: { connector: letters, base_url: http://127.0.0.1:8080, token: "${env:SHOP_TOKEN}" }
                limits: { requests: [100/s, 5000/10m], concurrency: 8 }
                streams:
                  - customers
                  - { name: orders, mode: upsert, start: 2026-01-01 }
                sink: { connector: drawer, path: shop.db }
            profiles:
              production:
                connections: { shop: { limits: { requests: 20/s }, sink: { path: big.db } } }
            """;

    private static Plan parse(String yaml) {
        return Plan.parse("shop.yaml", Path.of("."), yaml, PlanFixtures.CATALOGUE, SECRETS);
    }

    @Test
    void readsWhatAPlanSays() {
        PlannedConnection shop = parse(GOOD).connection("shop");
        assertThat(shop.limits().requests())
                .containsExactly(RateLimit.of(100, Duration.ofSeconds(1)), RateLimit.of(5000, Duration.ofMinutes(10)));
        assertThat(shop.limits().concurrency()).isEqualTo(8);
        assertThat(shop.streams())
                .containsExactly(
                        PlannedStream.of("customers"),
                        new PlannedStream("orders", Optional.of(WriteMode.UPSERT), Optional.of("2026-01-01")));
        assertThat(shop.sink().config().value(PlanFixtures.PATH)).isEqualTo("shop.db");
        assertThat(shop.source().config().value(PlanFixtures.TOKEN).<String>reveal(text -> text))
                .isEqualTo("tok-en-of-the-shop");
    }

    @Test
    void laysAProfileOverThePlan(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("shop.yaml"), GOOD);
        Plan plan = Plan.load(file, Optional.of("production"), PlanFixtures.CATALOGUE, SECRETS);
        PlannedConnection shop = plan.connection("shop");
        assertThat(shop.limits().requests()).containsExactly(RateLimit.of(20, Duration.ofSeconds(1)));
        assertThat(shop.limits().concurrency()).isEqualTo(8);
        assertThat(shop.sink().config().value(PlanFixtures.PATH)).isEqualTo("big.db");
        assertThatThrownBy(() -> Plan.load(file, Optional.of("prodution"), PlanFixtures.CATALOGUE, SECRETS))
                .isInstanceOf(ConfigError.class)
                .hasMessage("shop.yaml:9:1 there is no profile prodution: did you mean production?");
    }

    @Test
    void saysWhereInTheProfileAProblemStands(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("shop.yaml"), GOOD.replace("20/s", "fast"));
        assertThatThrownBy(() -> Plan.load(file, Optional.of("production"), PlanFixtures.CATALOGUE, SECRETS))
                .hasMessageContaining("shop.yaml:11:38 connections.shop.limits.requests.0: expected a limit");
    }

    @Test
    void findsSecretFilesBesideThePlan(@TempDir Path directory) throws IOException {
        Path token = Files.writeString(directory.resolve("token"), "from-a-file\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        Path file = Files.writeString(directory.resolve("shop.yaml"), GOOD.replace("env:SHOP_TOKEN", "file:token"));
        Plan plan = Plan.load(file, Optional.empty(), PlanFixtures.CATALOGUE, SECRETS);
        assertThat(plan.connection("shop")
                        .source()
                        .config()
                        .value(PlanFixtures.TOKEN)
                        .<String>reveal(text -> text))
                .isEqualTo("from-a-file");
    }

    @Test
    void namesEveryProblemAtOnceWithItsLineAndColumn() {
        String yaml = """
                connections:
                  shop:
                    source:
                      connector: letters
                      base_url: ftp://example
                      tokn: x
                    limits: { concurrency: 0 }
                    sink: { connector: draw, path: x }
                """;
        assertThatThrownBy(() -> parse(yaml))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("the plan shop.yaml has 5 problems:")
                .hasMessageContaining("shop.yaml:5:7 connections.shop.source.base_url: expected a URL")
                .hasMessageContaining("shop.yaml:3:5 connections.shop.source.token: is missing")
                .hasMessageContaining(
                        "shop.yaml:6:7 connections.shop.source.tokn: is not a known setting: did you mean token?")
                .hasMessageContaining("shop.yaml:7:15 connections.shop.limits.concurrency: expected a whole number")
                .hasMessageContaining(
                        "shop.yaml:8:13 connections.shop.sink.connector: no sink is called draw: did you mean drawer?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    base_url: http://127.0.0.1:8080 | base_url: [1]            | shop.yaml:3:35 connections.shop.source.base_url: expected http or https URL
                    connector: drawer               | conector: drawer         | shop.yaml:8:5 connections.shop.sink.connector: is missing
                    - customers                     | - orders                 | connections.shop: the stream orders is named twice
                    mode: upsert                    | mode: overwrite          | shop.yaml:7:25 connections.shop.streams.1.mode: expected one of append, upsert, replace
                    mode: upsert                    | moed: upsert             | shop.yaml:7:25 connections.shop.streams.1.moed: is not a known setting: did you mean mode?
                    ${env:SHOP_TOKEN}               | ${env:OTHER}             | shop.yaml:3:68 connections.shop.source.token: the environment variable OTHER is not set
                    ${env:SHOP_TOKEN}               | tok-en-of-the-shop       | a secret must be a reference
                    100/s                           | 100 an s                 | shop.yaml:4:26 connections.shop.limits.requests.0: expected a limit such as 20/s
                    100/s                           | 0/s                      | a limit is at least 1 request
                    profiles:                       | profile:                 | shop.yaml:9:1 profile: is not a known setting: did you mean profiles?
                    """)
    void saysWhatIsWrongAndWhere(String good, String bad, String message) {
        assertThat(GOOD).contains(good);
        assertThatThrownBy(() -> parse(GOOD.replace(good, bad)))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("tok-en-of-the-shop");
    }

    @Test
    void hidesASecretThatStandsWhereSomethingElseWasExpected() {
        assertThatThrownBy(() -> parse(GOOD.replace("http://127.0.0.1:8080", "\"${env:SHOP_TOKEN}\"")))
                .hasMessageContaining("found '***'")
                .hasMessageNotContaining("tok-en-of-the-shop");
    }

    @Test
    void saysThatAFileIsNotThere(@TempDir Path directory) {
        assertThatThrownBy(() ->
                        Plan.load(directory.resolve("none.yaml"), Optional.empty(), PlanFixtures.CATALOGUE, SECRETS))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("there is no plan at");
    }

    @Test
    void itsSchemaAcceptsAGoodPlanAndRefusesABadOne() throws IOException {
        String schemaText = new ObjectMapper().writeValueAsString(Plan.schema(PlanFixtures.CATALOGUE));
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schemaText, InputFormat.JSON);
        assertThat(schema.validate(json(GOOD), InputFormat.JSON)).isEmpty();
        assertThat(schema.validate(json(GOOD.replace("path: shop.db", "pth: shop.db")), InputFormat.JSON))
                .isNotEmpty();
    }

    private static String json(String yaml) throws IOException {
        return new ObjectMapper().writeValueAsString(StrictYaml.read(yaml).plain());
    }
}
