package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that is commonly wrong with a plan, an API or a destination: each is one line that says what was expected, what was
 * found and what mends it, has its own exit code, is told to programs in the same words, and costs nothing that was committed.
 */
final class BadInputIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> ALWAYS = Set.of("code", "message", "details", "time", "docs");
    private static final Set<String> NOWHERE = Set.of();
    private static final Set<String> SLICE = Set.of("stream", "slice");
    private static final Set<String> WALK = Set.of("stream", "slice", "attempt", "requests");
    private static final Set<String> REQUEST = Set.of("stream", "slice", "attempt", "correlation_id", "requests");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /**
     * One thing that is wrong.
     *
     * @param name what it is
     * @param spoil makes it so
     * @param exit the exit code
     * @param code the kind of error
     * @param place what is known of where it happened
     * @param message all of it
     */
    record Bad(String name, Consumer<BadWorld> spoil, int exit, String code, Set<String> place, String message) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Bad> everythingThatIsCommonlyWrong() {
        return Stream.of(
                new Bad(
                        "an unknown setting",
                        world -> world.plan("limits: { concurrency", "limits: { concurency"),
                        78,
                        "ConfigError",
                        NOWHERE,
                        "the plan plan.yaml has a problem: plan.yaml:10:15"
                                + " connections.shop.limits.concurency: is not a known setting: did you mean"
                                + " concurrency?"),
                new Bad(
                        "a missing setting",
                        world -> world.plan("base_url: \"" + world.base() + "\"", "headers: {}"),
                        78,
                        "ConfigError",
                        NOWHERE,
                        "the plan plan.yaml has a problem: plan.yaml:3:5"
                                + " connections.shop.source.base_url: is missing: The URL that all paths are"
                                + " below, such as https://api.example.com/v2. Expected http or https URL."),
                new Bad(
                        "a setting of the wrong type",
                        world -> world.plan("concurrency: 2", "concurrency: many"),
                        78,
                        "ConfigError",
                        NOWHERE,
                        "the plan plan.yaml has a problem: plan.yaml:10:15"
                                + " connections.shop.limits.concurrency: expected a whole number from 1 to"
                                + " 1000, or auto, found 'many'"),
                new Bad(
                        "an unreachable host",
                        world -> world.plan(world.base(), "http://nosuchhost.invalid"),
                        75,
                        "NetworkError",
                        REQUEST,
                        "GET http://nosuchhost.invalid/things: the name nosuchhost.invalid was not"
                                + " resolved: check the host name and the name server"),
                new Bad(
                        "wrong credentials",
                        world -> world.terminal().with("TOKEN", "stolen"),
                        77,
                        "AuthError",
                        REQUEST,
                        "GET {base}/things was answered with 401 (invalid_token): the credentials"
                                + " are missing or wrong: check auth and that the token has not expired"),
                new Bad(
                        "a certificate that nobody vouches for",
                        world -> world.plan(world.base(), world.tlsBase()),
                        77,
                        "TlsError",
                        REQUEST,
                        "GET {tls}/things: the certificate is signed by an authority this machine"
                                + " does not know: add that authority to the trust store"),
                new Bad(
                        "a stream that does not exist",
                        world -> world.plan("limits:", "streams: [good, thinks]\n    limits:"),
                        78,
                        "ConfigError",
                        NOWHERE,
                        "connection shop has no stream thinks: did you mean things?"),
                new Bad(
                        "an output file that is not ours",
                        world -> {
                            world.plan("path: out", "path: theirs");
                            world.terminal().write("theirs/things.jsonl", "{\"mine\": true}\n");
                        },
                        78,
                        "ConfigError",
                        SLICE,
                        "expected no file at {folder}/theirs/things.jsonl, found an output file that"
                                + " is not ours: choose another path or move it"),
                new Bad(
                        "an API that answers HTML",
                        world -> world.secondPage("text/html", "<!doctype html><title>Log in</title>"),
                        76,
                        "UnexpectedContent",
                        REQUEST,
                        "GET {base}/things was answered with an HTML page, expected JSON: check"
                                + " base_url, path and whether the API wants a login"),
                new Bad(
                        "broken JSON",
                        world -> world.secondPage("application/json", "{\"items\": [{\"id\": 3}, {\"id\": ]}"),
                        76,
                        "MalformedPayload",
                        REQUEST,
                        "the body is not valid JSON: expected a value, found ']' at byte 29"
                                + " (/items/1/id); the API sent it so: ask for the page by hand and report it"
                                + " to the API's owner"),
                new Bad(
                        "a cursor that loops",
                        world -> world.secondPage("application/json", "{\"items\": [{\"id\": 3}], \"next\": \"two\"}"),
                        76,
                        "PaginationLoop",
                        WALK,
                        "expected page 2 to lead on, found the token of a page that was read before:"
                                + " the API sends the walk in a circle, or paging names the wrong field; check"
                                + " paging"));
    }

    @ParameterizedTest
    @MethodSource("everythingThatIsCommonlyWrong")
    void isOneClearErrorAndLosesNothing(Bad bad) throws Exception {
        try (BadWorld world = new BadWorld(folder)) {
            assertThat(world.terminal().run("run", "plan.yaml").code()).isZero();
            Map<String, String> whole = world.data();
            assertThat(whole)
                    .hasSize(2)
                    .allSatisfy((name, rows) -> assertThat(rows.lines()).hasSize(3));
            bad.spoil().accept(world);
            Map<String, String> before = world.data();

            Terminal.Result told = world.terminal().run("run", "plan.yaml");
            Terminal.Result json = world.terminal().run("run", "plan.yaml", "--json");

            requireTold(bad, told, world);
            requireJson(bad, json, world);
            assertThat(world.data()).as("what was committed").containsAllEntriesOf(before);
            world.mend();
            assertThat(world.terminal().run("run", "plan.yaml").code()).isZero();
            assertThat(world.data()).as("once it is mended").containsAllEntriesOf(whole);
        }
    }

    /** One line, which programs do not see. */
    private static void requireTold(Bad bad, Terminal.Result result, BadWorld world) {
        assertThat(result.code()).as(result.err()).isEqualTo(bad.exit());
        assertThat(result.out()).isEmpty();
        String where =
                bad.place().contains("stream") ? "shop/things: " : bad.place().isEmpty() ? "penstock: " : "shop: ";
        String request = bad.place().contains("correlation_id") ? " [request ID]" : "";
        assertThat(result.err()
                        .lines()
                        .map(world::steady)
                        .filter(line -> line.contains(bad.code()))
                        .filter(line -> line.startsWith(where)))
                .as(result.err())
                .containsExactly(where + bad.code() + ": " + bad.message() + request);
        assertThat(result.err()).doesNotContain("stolen", "demo-token", "\tat ");
    }

    private static void requireJson(Bad bad, Terminal.Result result, BadWorld world) throws Exception {
        assertThat(result.code()).isEqualTo(bad.exit());
        assertThat(result.out().lines()).hasSize(1);
        JsonNode error = failures(JSON.readTree(result.out())).stream()
                .filter(failure -> !bad.place().contains("stream")
                        || failure.path("stream").asText().equals("shop/things"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(result.out()));
        Set<String> fields = new TreeSet<>(ALWAYS);
        fields.addAll(bad.place());
        assertThat(error.fieldNames()).toIterable().as(result.out()).containsExactlyInAnyOrderElementsOf(fields);
        assertThat(error.path("code").asText()).isEqualTo(bad.code());
        assertThat(world.steady(error.path("message").asText())).isEqualTo(bad.message());
        assertThat(error.path("details").isObject()).isTrue();
        assertThat(Instant.parse(error.path("time").asText())).isNotNull();
        assertThat(error.path("docs").asText())
                .isEqualTo("core/README.md#" + bad.code().toLowerCase(java.util.Locale.ROOT));
        if (fields.contains("correlation_id")) {
            assertThat(error.path("correlation_id").asText()).matches("[0-9a-f]{32}");
            assertThat(error.path("attempt").asInt()).isPositive();
        }
    }

    /** The failures in what a run tells programs: of the plan as a whole, or of its connections. */
    static List<JsonNode> failures(JsonNode document) {
        List<JsonNode> failures = new ArrayList<>();
        if (document.has("error")) {
            failures.add(document.path("error"));
        }
        document.path("connections")
                .forEach(connection -> connection.path("failures").forEach(failures::add));
        return failures;
    }
}
