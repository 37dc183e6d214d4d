package io.penstock.checks.readme;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.penstock.checks.architecture.Product;
import io.penstock.config.SecretSource;
import io.penstock.runner.catalogue.Catalogue;
import io.penstock.runner.plan.Plan;
import io.penstock.testkit.model.ModelApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;

/** Every block of the README is accounted for here. */
class ReadmeTest {

    private static final Pattern RUN = Pattern.compile("(?m)^\\./penstock (\\S+)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)[^`|]*` \\|(.*)\\|$");
    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");
    private static final Pattern LISTED = Pattern.compile("(?m)^  ([a-z][a-z-]+) ");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Page readme = Page.of(Product.root().resolve("README.md"));

    @Test
    void everyBlockIsOfAKindThatIsCheckedHere() {
        assertThat(readme.blocks().stream().map(Page.Block::language).collect(Collectors.toSet()))
                .isEqualTo(Set.of("sh", "yaml", "text", "java"));
        assertThat(readme.blocks("sh").stream().flatMap(String::lines))
                .allMatch(line -> line.startsWith("./penstock ") || line.equals("./mvnw verify"));
    }

    @Test
    void everyVerbItNamesExists() throws IOException {
        Set<String> verbs = new TreeSet<>();
        RUN.matcher(readme.text()).results().forEach(found -> verbs.add(found.group(1)));
        ROW.matcher(readme.text()).results().forEach(found -> verbs.add(found.group(1)));

        assertThat(verbs).contains("demo", "run");
        assertThat(LISTED.matcher(CommandLineRun.says("--help")).results().map(found -> found.group(1)))
                .containsAll(verbs);
    }

    @Test
    void everyOptionOfItsTableExists() throws IOException {
        Matcher row = ROW.matcher(readme.text());
        int options = 0;
        while (row.find()) {
            List<String> named = OPTION.matcher(row.group(2))
                    .results()
                    .map(found -> found.group())
                    .toList();
            if (!named.isEmpty()) {
                assertThat(OPTION.matcher(CommandLineRun.says(row.group(1), "--help"))
                                .results()
                                .map(found -> found.group()))
                        .containsAll(named);
                options += named.size();
            }
        }
        assertThat(options).isPositive();
    }

    @Test
    void itsTestCommandIsWhatDecidesWhetherAChangeLands() {
        assertThat(Product.text(Product.root().resolve(".ci/run")))
                .contains("mvn_command=./mvnw\n")
                .containsPattern("(?m)^\"\\$mvn_command\" [^#\\n]*\\bverify\\b");
    }

    @Test
    void itsPlanIsGood(@TempDir Path folder) {
        List<String> plans = readme.blocks("yaml");

        assertThat(plans).hasSize(2);
        Plan plan = parse(folder, plans.get(0));
        assertThat(plan.connections())
                .singleElement()
                .satisfies(connection -> assertThat(connection.id().name()).isEqualTo("poke"));
    }

    @Test
    void itsProfileIsLaidOverThePlan(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("poke.yaml"), String.join("\n", readme.blocks("yaml")));
        Catalogue catalogue = Catalogue.load(ReadmeTest.class.getClassLoader());

        Plan plain = Plan.load(file, Optional.empty(), catalogue, SecretSource.of(Map.of()));
        Plan production = Plan.load(file, Optional.of("production"), catalogue, SecretSource.of(Map.of()));

        assertThat(requests(plain)).isEqualTo("20/s");
        assertThat(requests(production)).isEqualTo("5/s");
    }

    private static String requests(Plan plan) {
        return plan.connections().get(0).limits().requests().get(0).toString();
    }

    /** The same API, but on this machine, and the stream with its path alone. */
    @Test
    void itsPreviewIsWhatAPersonSees(@TempDir Path folder) throws IOException {
        HttpServer api = PokeApi.start();
        try {
            String base = "http://127.0.0.1:" + api.getAddress().getPort() + "/api/v2";
            String plan = readme.blocks("yaml")
                    .get(0)
                    .replace("https://pokeapi.co/api/v2", base)
                    .replaceAll("(?m)^( +pokemon:).*$", "$1 { path: /pokemon }")
                    .replaceAll("(?m)^ +details:.*\\R", "");
            Files.writeString(folder.resolve("poke.yaml"), plan);

            String said =
                    CommandLineRun.says("preview", folder.resolve("poke.yaml").toString(), "pokemon");

            assertThat(readme.blocks("text"))
                    .singleElement()
                    .satisfies(block -> assertThat(steady(said.replace(base, "https://pokeapi.co/api/v2"))
                                    .lines()
                                    .filter(line -> !line.startsWith("{\"name\"")))
                            .containsExactlyElementsOf(steady(block).lines().toList()));
            assertThat(said.lines().filter(line -> line.startsWith("{\"name\"")))
                    .hasSize(5);
        } finally {
            api.stop(0);
        }
    }

    private static String steady(String text) {
        return text.replaceAll("\\d+ ms", "N ms");
    }

    @Test
    void thePlansOfTheOtherPagesAreGood(@TempDir Path folder) {
        List<Path> pages = Product.files().stream()
                .filter(file -> file.endsWith("README.md")
                        && !file.equals(Product.root().resolve("README.md")))
                .toList();
        List<String> plans = pages.stream()
                .flatMap(page -> Page.of(page).blocks("yaml").stream())
                .filter(block -> block.startsWith("connections:"))
                .toList();

        assertThat(plans)
                .isNotEmpty()
                .allSatisfy(
                        plan -> assertThat(parse(folder, plan).connections()).isNotEmpty());
    }

    @Test
    void itsJavaIsTheExampleThatIsCompiled() {
        Path example =
                Product.root().resolve("runner/checks/src/test/java/io/penstock/checks/readme/ReadmeExample.java");
        List<String> lines = Product.text(example).lines().map(String::strip).toList();
        List<String> shown = lines.subList(lines.indexOf(ReadmeExample.BEGIN) + 1, lines.indexOf(ReadmeExample.END));

        assertThat(readme.blocks("java"))
                .singleElement()
                .satisfies(block -> assertThat(block.lines().map(String::strip)).containsExactlyElementsOf(shown));
    }

    @Test
    void itsJavaReadsEveryCustomer() {
        try (ModelApi api = ModelApi.builder().records(1_234).seed(7).build().start()) {
            StepVerifier.create(ReadmeExample.customers(api.baseUrl())
                            .map(ReadmeExample.Customer::id)
                            .collect(Collectors.toSet()))
                    .assertNext(ids -> assertThat(ids)
                            .hasSize((int) api.data().truth("customers", 1).rows()))
                    .expectComplete()
                    .verify(LIMIT);
        }
    }

    private static Plan parse(Path folder, String yaml) {
        SecretSource secrets = SecretSource.of(Map.of(
                "SHOP_TOKEN",
                "one",
                "API_TOKEN",
                "two",
                "GITHUB_TOKEN",
                "three",
                "TOKEN",
                "four",
                "PGPASSWORD",
                "five",
                "CREDENTIALS_KEY",
                "six",
                "PII_KEY",
                "seven"));
        return Plan.parse("README.yaml", folder, yaml, Catalogue.load(ReadmeTest.class.getClassLoader()), secrets);
    }
}
