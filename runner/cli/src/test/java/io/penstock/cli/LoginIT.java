package io.penstock.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.penstock.cli.view.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person logs in: the command line on one side, a browser on the other, a real authorization server between them. Under 60 s. */
final class LoginIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Pattern URL = Pattern.compile("(?m)^ {2}(http\\S+)$");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final MockOAuth2Server server =
            new MockOAuth2Server(OAuth2Config.Companion.fromJson("{\"rotateRefreshToken\":true}"));
    private final WireMockServer api = new WireMockServer(options().dynamicPort());
    private final HttpClient browser =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void start() throws IOException {
        server.start(InetAddress.getByName("localhost"), 0);
        api.start();
        api.stubFor(any(urlPathEqualTo("/things"))
                .atPriority(9)
                .willReturn(aResponse().withStatus(401)));
        api.stubFor(get(urlPathEqualTo("/things"))
                .withHeader("Authorization", matching("Bearer \\S+"))
                .willReturn(okJson("{\"items\":[{\"id\":1}]}")));
    }

    @AfterEach
    void stop() {
        api.stop();
        server.shutdown();
    }

    private void plan(String auth) throws IOException {
        Files.writeString(folder.resolve("plan.yaml"), """
                connections:
                  shop:
                    source:
                      connector: rest
                      base_url: "%s"
                      auth: { %s }
                      streams:
                        things: { path: /things, records: /items, key: id }
                    sink: { connector: jsonl, path: out }
                """.formatted(api.baseUrl(), auth));
    }

    private String byBrowser() {
        return "oauth2: { grant: authorization_code, issuer: \"" + server.issuerUrl("default")
                + "\", client_id: desktop, scopes: [openid, offline_access] }";
    }

    private int run(String... arguments) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        Console console = new Console(stream, stream, false, folder, Map.of("PENSTOCK_CREDENTIALS", "credentials"));
        return Main.run(console, arguments);
    }

    private CompletableFuture<Integer> login(String... more) {
        List<String> arguments = new ArrayList<>(List.of("login", "plan.yaml"));
        arguments.addAll(List.of(more));
        return CompletableFuture.supplyAsync(() -> run(arguments.toArray(String[]::new)));
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private URI printed() {
        await().atMost(LIMIT).until(() -> URL.matcher(said()).find());
        Matcher found = URL.matcher(said());
        assertThat(found.find()).isTrue();
        return URI.create(found.group(1));
    }

    private HttpResponse<String> open(URI url) throws Exception {
        return browser.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
    }

    private URI callback(URI url, String query) {
        String redirect = java.net.URLDecoder.decode(
                url.getRawQuery().replaceAll(".*redirect_uri=([^&]*).*", "$1"), StandardCharsets.UTF_8);
        assertThat(redirect).startsWith("http://127.0.0.1:").endsWith("/callback");
        return URI.create(redirect + "?" + query);
    }

    private static String state(URI url) {
        return url.getRawQuery().replaceAll(".*state=([^&]*).*", "$1");
    }

    @Test
    void aPersonGrantsAccessInABrowserAndRunsUseItFromThenOn() throws Exception {
        plan(byBrowser());
        assertThat(run("check", "plan.yaml")).isEqualTo(77);
        assertThat(said()).contains("nobody has granted access yet", "penstock login PLAN.yaml --connection shop");

        CompletableFuture<Integer> login = login("--connection", "shop");
        HttpResponse<String> page = open(printed());

        assertThat(page.body()).contains("Access is granted.");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(login.get()).as(said()).isZero();
        assertThat(run("check", "plan.yaml")).as(said()).isZero();
        assertThat(run("run", "plan.yaml")).as(said()).isZero();
        assertThat(folder.resolve("out/things.jsonl")).isNotEmptyFile();
        assertThat(said()).doesNotContain("eyJ"); // how every JWT begins
        try (var kept = Files.walk(folder.resolve("credentials"))) {
            for (Path file : kept.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("eyJ", "token");
            }
        }
    }

    @Test
    void whatElseComesToTheDoorIsTurnedAwayAndTheLoginGoesOn() throws Exception {
        plan(byBrowser());
        CompletableFuture<Integer> login = login();
        URI url = printed();

        assertThat(open(callback(url, "code=stolen&state=forged")).statusCode()).isEqualTo(404);
        assertThat(open(callback(url, "code=stolen")).statusCode()).isEqualTo(404);
        assertThat(open(callback(url, "code=a&state=" + state(url) + "&state=" + state(url)))
                        .statusCode())
                .isEqualTo(404);
        assertThat(open(callback(url, "").resolve("/favicon.ico")).statusCode()).isEqualTo(404);
        assertThat(login).isNotDone();
        assertThat(open(url).body()).contains("Access is granted.");

        assertThat(login.get()).as(said()).isZero();
    }

    @Test
    void aRefusalEndsTheLogin() throws Exception {
        plan(byBrowser());
        CompletableFuture<Integer> login = login();
        URI url = printed();

        assertThat(open(callback(url, "error=access_denied&state=" + state(url)))
                        .body())
                .contains("Access is not granted.");

        assertThat(login.get()).isEqualTo(77);
        assertThat(said()).contains("access_denied");
    }

    @Test
    void aDeviceGrantsAccessByACode() throws Exception {
        plan("oauth2: { grant: device, client_id: tv, token_url: \"" + api.baseUrl() + "/token\", device_url: \""
                + api.baseUrl() + "/device\" }");
        api.stubFor(post(urlPathEqualTo("/device"))
                .willReturn(okJson(
                        "{\"device_code\":\"d\",\"user_code\":\"WDJB-MJHT\",\"verification_uri\":\"https://login.example.com/go\","
                                + "\"expires_in\":60,\"interval\":1}")));
        api.stubFor(post(urlPathEqualTo("/token"))
                .willReturn(okJson("{\"access_token\":\"t\",\"token_type\":\"bearer\",\"refresh_token\":\"r\"}")));

        assertThat(login("--device").get()).as(said()).isZero();

        assertThat(said()).contains("https://login.example.com/go", "WDJB-MJHT");
        assertThat(run("check", "plan.yaml")).as(said()).isZero();
    }

    @Test
    void aConnectionThatNeedsNobodySaysSo() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "nobody-knows-it");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        plan("oauth2: { grant: client_credentials, client_id: a, token_url: \"" + api.baseUrl()
                + "/token\", client_secret: \"${file:secret.txt}\" }");

        assertThat(run("login", "plan.yaml")).isEqualTo(78);
        assertThat(said()).contains("nobody logs in to connection shop");
        assertThat(run("login", "plan.yaml", "--connection", "shpo")).isEqualTo(78);
        assertThat(said()).contains("shop");
    }
}
