package io.penstock.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.auth.Auth;
import io.penstock.auth.Authenticator;
import io.penstock.client.ApiCall;
import io.penstock.client.ApiClient;
import io.penstock.client.ClientResources;
import io.penstock.config.Secret;
import io.penstock.error.AccessDenied.BlockedDestination;
import io.penstock.error.BadAnswer.PaginationContract;
import io.penstock.http.outbound.Cidr;
import io.penstock.http.outbound.Outbound;
import io.penstock.message.Method;
import io.penstock.message.Origin;
import io.penstock.message.PathText;
import io.penstock.page.Paging;
import io.penstock.retry.RetryPolicy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

/**
 * Every way by which a URL of a peer comes in, times every way to write a place where nothing may go, times every place a
 * credential is kept: nobody is reached, nothing leaks (X1, X2, P12).
 *
 * <p>Time budget: 60 s.
 */
class OutboundMatrixIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String SECRET = "s3cr3t-canary";
    private static final String BODY = "b0dy-canary";
    private static final List<Integer> REDIRECTS = List.of(301, 302, 303, 307, 308);

    /** How a URL comes in. */
    private enum Way {
        LINK_HEADER,
        BODY_NEXT,
        REDIRECT_FIRST,
        REDIRECT_SECOND,
        SLICE_LINK
    }

    /** Where the credential is kept. */
    private enum Kept {
        BEARER,
        BASIC,
        HEADER,
        QUERY,
        COOKIE,
        DEFAULT_HEADER,
        DEFAULT_QUERY,
        BODY
    }

    /** Hosts that mean loopback, a private network or a metadata service to somebody. */
    private static final List<String> HOSTS = List.of(
            "127.0.0.1",
            "127.0.0.2",
            "127.1",
            "127.0.1",
            "2130706433",
            "0x7f.1",
            "0x7f000001",
            "0x7f.0x0.0x0.0x1",
            "0177.0.0.1",
            "017700000001",
            "127.0.0.01",
            "127.0.0.1.",
            "0.0.0.0",
            "0",
            "localhost",
            "LOCALHOST",
            "localhost.",
            "x.localhost",
            "[::1]",
            "[::]",
            "[0:0:0:0:0:0:0:1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[::127.0.0.1]",
            "[64:ff9b::127.0.0.1]",
            "[64:ff9b:1::7f00:1]",
            "[2002:7f00:1::]",
            "[2001:0:7f00:1::1]",
            "[2606:4700::5efe:127.0.0.1]",
            "[fe80::1]",
            "[fe80::1%25lo]",
            "[fc00::1]",
            "[fd00:ec2::254]",
            "[ff02::1]",
            "10.0.0.5",
            "100.100.100.200",
            "169.254.169.254",
            "172.16.0.1",
            "192.168.0.1",
            "192.0.0.192",
            "224.0.0.1",
            "255.255.255.255",
            "metadata.google.internal",
            "METADATA.google.internal",
            "metadata.google.internal.",
            "metadata.goog",
            "instance-data.ec2.internal",
            "%31%32%37.0.0.1",
            "127.0.0.1%2e",
            "\uff11\uff12\uff17.0.0.1",
            "127\u30020\u30020\u30021",
            "loopback.test",
            "mixed.test",
            "mixed-back.test",
            "six.test",
            "mapped.test",
            "private.test",
            "stranger.test",
            "api.test.",
            "api.test@loopback.test",
            "api.test:pw@127.0.0.1",
            "api.test\\@127.0.0.1",
            "127.0.0.1#@api.test",
            "api.test.loopback.test");

    private static Recorder home;
    private static Recorder victim;
    private static Recorder victimSix;
    private static HttpTransport transport;
    private static volatile Map<String, byte[]> script = Map.of();

    private final List<String> wrong = new ArrayList<>();
    private int cells;

    @BeforeAll
    static void open() {
        home = new Recorder("127.0.0.1", OutboundMatrixIT::answer);
        victim = new Recorder("0.0.0.0", OutboundMatrixIT::answer);
        victimSix = new Recorder("::1", OutboundMatrixIT::answer);
        HostTable names = new HostTable()
                .with("api.test", "127.0.0.1")
                .with("files.test", "127.0.0.1")
                .with("loopback.test", "127.0.0.1")
                .with("stranger.test", "127.0.0.1")
                .with("api.test.loopback.test", "127.0.0.1")
                .with("localhost", "127.0.0.1")
                .with("x.localhost", "127.0.0.1")
                .with("mixed.test", "8.8.8.8", "127.0.0.1")
                .with("mixed-back.test", "127.0.0.1", "8.8.8.8")
                .with("six.test", "::1")
                .with("mapped.test", "::ffff:127.0.0.1")
                .with("private.test", "10.0.0.5")
                .with("metadata.google.internal", "127.0.0.1")
                .with("metadata.goog", "127.0.0.1")
                .with("instance-data.ec2.internal", "127.0.0.1");
        transport = HttpTransport.builder().names(names).maxConnections(8).build();
    }

    @AfterAll
    static void close() {
        transport.close();
        home.close();
        victim.close();
        victimSix.close();
    }

    private static byte[] answer(String request) {
        String path = request.split(" ", 3)[1].split("\\?", 2)[0];
        return script.getOrDefault(path, Answers.ok(Answers.utf8("{\"items\":[{\"id\":1}]}"), "Connection: close"));
    }

    private static ApiClient client(Outbound outbound, Kept kept) {
        ApiClient.Builder client = ClientResources.of(
                        transport, Schedulers.parallel(), Clock.systemUTC(), RandomGenerator.of("L64X128MixRandom"))
                .client(URI.create("http://api.test:" + home.port()))
                .retry(RetryPolicy.builder().maxAttempts(1).build())
                .outbound(outbound)
                .auth(auth(kept));
        if (kept == Kept.DEFAULT_HEADER) {
            client.header("X-Secret", SECRET);
        }
        if (kept == Kept.DEFAULT_QUERY) {
            client.query("secret", SECRET);
        }
        return client.build();
    }

    private static Authenticator auth(Kept kept) {
        Secret secret = Secret.of(SECRET);
        return switch (kept) {
            case BEARER -> Auth.bearer(secret);
            case BASIC -> Auth.basic("user", secret);
            case HEADER -> Auth.header("X-Api-Key", "", secret);
            case QUERY -> Auth.query("api_key", secret);
            case COOKIE -> Auth.header("Cookie", "session=", secret);
            default -> Auth.none();
        };
    }

    private static byte[] redirect(int status, String to) {
        return Answers.of(
                "HTTP/1.1 " + status + " There\nLocation: " + to + "\nContent-Length: 0\nConnection: close",
                new byte[0]);
    }

    private static byte[] page(String next) {
        return Answers.ok(
                Answers.utf8("{\"items\":[{\"id\":1}],\"next\":\"" + next.replace("\\", "\\\\") + "\"}"),
                "Connection: close");
    }

    /** Lets {@code url} come in, and says how that ended; null for well. */
    private static @Nullable Throwable follow(ApiClient api, Way way, int status, String url, Kept kept) {
        ApiCall start = way == Way.SLICE_LINK ? null : kept == Kept.BODY ? api.post("/start") : api.get("/start");
        if (start != null && kept == Kept.BODY) {
            start = start.body("text/plain", BODY.getBytes(StandardCharsets.UTF_8))
                    .idempotent();
        }
        script = switch (way) {
            case LINK_HEADER ->
                Map.of(
                        "/start",
                        Answers.ok(
                                Answers.utf8("{\"items\":[{\"id\":1}]}"),
                                "Link: <" + url + ">; rel=next",
                                "Connection: close"));
            case BODY_NEXT -> Map.of("/start", page(url));
            case REDIRECT_FIRST -> Map.of("/start", redirect(status, url));
            case REDIRECT_SECOND -> Map.of("/start", redirect(status, "/second"), "/second", redirect(status, url));
            case SLICE_LINK -> Map.of();
        };
        try {
            switch (way) {
                case LINK_HEADER -> walk(start, Paging.link());
                case BODY_NEXT -> walk(start, Paging.nextUrl("/next"));
                case SLICE_LINK -> api.get(url).exchange().block(LIMIT);
                default -> start.exchange().block(LIMIT);
            }
            return null;
        } catch (RuntimeException failure) {
            return failure;
        }
    }

    private static void walk(ApiCall start, Paging paging) {
        start.pages(paging).batches("/items").take(2).then().block(LIMIT);
    }

    private static List<Integer> statuses(Way way) {
        return way == Way.REDIRECT_FIRST || way == Way.REDIRECT_SECOND ? REDIRECTS : List.of(0);
    }

    private void require(boolean holds, String cell, String what) {
        if (!holds) {
            wrong.add(cell + ": " + what);
        }
    }

    /** Whether a failure says that the link was refused, before or while connecting. */
    private static boolean refused(@Nullable Throwable failure) {
        return failure instanceof BlockedDestination
                || failure instanceof PaginationContract
                || failure instanceof IllegalArgumentException; // no URL at all
    }

    @Test
    void nobodyIsReachedAtARefusedAddress() {
        for (String host : HOSTS) {
            for (Way way : Way.values()) {
                for (int status : statuses(way)) {
                    for (String scheme : List.of("http", "https")) {
                        refusedCell(host, way, status, scheme);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(cells).as("cells").isGreaterThanOrEqualTo(1_500);
        System.out.println("SSRF matrix: " + cells + " cells, nobody reached");
    }

    private void refusedCell(String host, Way way, int status, String scheme) {
        cells++;
        boolean six = host.startsWith("[") || host.startsWith("six");
        String url = scheme + "://" + host + ":" + (six ? victimSix : victim).port() + "/x";
        String cell = way + " " + status + " " + url;
        victim.forget();
        victimSix.forget();
        Throwable failure = follow(client(listed(url), Kept.BEARER), way, status, url, Kept.BEARER);
        require(refused(failure), cell, "ended as " + failure);
        require(victim.accepted() + victimSix.accepted() == 0, cell, "somebody was reached");
    }

    /** Every second host is one that a person has listed, as far as it can be: then the address alone must refuse it. */
    private Outbound listed(String url) {
        if (cells % 2 == 0) {
            return Outbound.NONE;
        }
        try {
            Origin origin = Origin.of(URI.create(url));
            return origin.secure()
                    ? Outbound.builder().allow(origin).build()
                    : Outbound.builder().allowHttp(origin).build();
        } catch (RuntimeException neverListed) {
            return Outbound.NONE;
        }
    }

    @Test
    void noCredentialAndNoBodyLeavesItsOrigin() {
        String files = "http://files.test:" + victim.port();
        Outbound outbound = Outbound.builder()
                .allowHttp(Origin.of(URI.create(files)))
                .allowPrivate(Cidr.of("127.0.0.0/8"))
                .build();
        int reached = 0;
        for (Kept kept : Kept.values()) {
            for (Way way : Way.values()) {
                for (int status : statuses(way)) {
                    for (String echo : List.of("", "?api_key=" + SECRET + "&page=2")) {
                        reached += leakCell(outbound, files, new Leak(kept, way, status, echo)) ? 1 : 0;
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(cells).as("cells").isGreaterThanOrEqualTo(110);
        assertThat(reached)
                .as("cells whose foreign origin was asked, or nothing would be shown")
                .isGreaterThan(90);
        System.out.println("leak matrix: " + cells + " cells, " + reached + " foreign origins asked, nothing leaked");
    }

    private record Leak(Kept kept, Way way, int status, String echo) {}

    private boolean leakCell(Outbound outbound, String files, Leak cell) {
        boolean echoes = !cell.echo().isEmpty();
        if (echoes && cell.kept() != Kept.QUERY) {
            return false; // a server that writes a header's secret into its own link has leaked it by itself
        }
        cells++;
        victim.forget();
        home.forget();
        String url = files + "/x" + cell.echo();
        Throwable failure = follow(client(outbound, cell.kept()), cell.way(), cell.status(), url, cell.kept());
        String said = String.join("\n", victim.heard());
        require(!leaks(said), cell.toString(), "the foreign origin heard " + said);
        boolean blocked = cell.kept() == Kept.BODY
                && cell.way() != Way.SLICE_LINK
                && !List.of(301, 302, 303).contains(cell.status());
        require(blocked == refused(failure), cell.toString(), "ended as " + failure);
        require(
                blocked == victim.heard().isEmpty(),
                cell.toString(),
                "asked " + victim.heard().size() + " times");
        boolean told = cell.way() == Way.SLICE_LINK || leaks(String.join("\n", home.heard()));
        require(told, cell.toString(), "home was not told the secret, so the cell shows nothing");
        return !victim.heard().isEmpty();
    }

    private static boolean leaks(String said) {
        String basic = Base64.getEncoder().encodeToString(("user:" + SECRET).getBytes(StandardCharsets.UTF_8));
        return said.contains(SECRET) || said.contains(BODY) || said.contains(basic);
    }

    @Test
    void aHopThatLeadsBackHomeBringsNoCredentialAlong() {
        String files = "http://files.test:" + victim.port();
        Outbound outbound = Outbound.builder()
                .allowHttp(Origin.of(URI.create(files)))
                .allowPrivate(Cidr.of("127.0.0.0/8"))
                .build();
        String back = "http://api.test:" + home.port() + "/back";
        for (Kept kept : Kept.values()) {
            for (Way way : Way.values()) {
                for (int status : REDIRECTS) {
                    cells++;
                    home.forget();
                    ApiClient api = client(outbound, kept);
                    String url = files + "/away";
                    backHome(api, way, status, url, back, kept);
                    for (String said : home.heard()) {
                        require(!said.contains(" /back") || !leaks(said), way + " " + status + " " + kept, said);
                    }
                    boolean came = home.heard().stream().anyMatch(said -> said.contains(" /back"));
                    require(came || kept == Kept.BODY, way + " " + status + " " + kept, "did not come back");
                }
            }
        }
        assertThat(wrong).isEmpty();
        System.out.println("way back: " + cells + " cells, nothing leaked");
    }

    private static void backHome(ApiClient api, Way way, int status, String url, String back, Kept kept) {
        ApiCall start = kept == Kept.BODY
                ? api.post("/start")
                        .body("text/plain", BODY.getBytes(StandardCharsets.UTF_8))
                        .idempotent()
                : api.get("/start");
        script = Map.of(
                "/start",
                way == Way.BODY_NEXT
                        ? page(url)
                        : way == Way.LINK_HEADER
                                ? Answers.ok(
                                        Answers.utf8("{\"items\":[]}"),
                                        "Link: <" + url + ">; rel=next",
                                        "Connection: close")
                                : redirect(status, way == Way.REDIRECT_SECOND ? "/second" : url),
                "/second",
                redirect(status, url),
                "/away",
                redirect(status, back));
        try {
            switch (way) {
                case LINK_HEADER ->
                    start.pages(Paging.link()).batches("/items").take(2).then().block(LIMIT);
                case BODY_NEXT -> walk(start, Paging.nextUrl("/next"));
                case SLICE_LINK -> api.get(url).exchange().block(LIMIT);
                default -> start.exchange().block(LIMIT);
            }
        } catch (BlockedDestination body) {
            assertThat(kept).isEqualTo(Kept.BODY);
        }
    }

    /** What data may hold that is put into a path or a query. */
    private static final List<String> VALUES = List.of(
            "..",
            ".",
            "%2e%2e",
            "%2E.",
            "../../admin",
            "..\\admin",
            "@127.0.0.1/x",
            "//127.0.0.1/x",
            "http://127.0.0.1/x",
            "https:127.0.0.1",
            ":80/x",
            "?a=b",
            "#x",
            "a&secret=1",
            "a;b=c",
            "x y",
            "x\r\nHost: evil.test",
            "x\nX-Injected: 1",
            "x\u0000y",
            "x\u010d\u010aX-Injected: 1",
            "\uff0f\uff0e\uff0e",
            "\u2025/x",
            "%0d%0aX-Injected:%201",
            " HTTP/1.1\r\n\r\nGET /admin");

    @Test
    void dataInAPathOrAQueryStaysThere() {
        script = Map.of();
        ApiClient api = client(Outbound.NONE, Kept.BEARER);
        for (String value : VALUES) {
            for (boolean inPath : new boolean[] {true, false}) {
                cells++;
                home.forget();
                victim.forget();
                String cell = (inPath ? "path " : "query ") + value;
                try {
                    ApiCall call = inPath
                            ? api.get("/items/" + PathText.segment(value) + "/end")
                            : api.get("/items").query("q", value).query("end", "1");
                    call.exchange().block(LIMIT);
                    String line = home.heard().get(0).split("\r\n", 2)[0];
                    String shape =
                            inPath ? "GET /items/[^/?# ]+/end HTTP/1.1" : "GET /items\\?q=[^&?# ]*&end=1 HTTP/1.1";
                    require(line.matches(shape), cell, line);
                    require(!home.heard().get(0).contains("\nX-Injected:"), cell, "a header was injected");
                } catch (IllegalArgumentException refused) {
                    require(inPath && value.matches("\\.\\.?"), cell, "refused: " + refused.getMessage());
                }
                require(victim.accepted() == 0, cell, "somebody else was reached");
            }
            rawPath(api, value);
        }
        assertThat(wrong).isEmpty();
        System.out.println("data in paths: " + cells + " cells, all stayed at home");
    }

    /** Data that a careless connector puts behind a slash as it is: it may fail, but it never leaves home. */
    private void rawPath(ApiClient api, String value) {
        cells++;
        home.forget();
        try {
            api.get("/" + value).exchange().block(LIMIT);
            require(home.heard().size() == 1, "raw " + value, "asked " + home.heard());
            require(!home.heard().get(0).contains("\nX-Injected:"), "raw " + value, "a header was injected");
        } catch (IllegalArgumentException noUrl) {
            require(home.heard().isEmpty(), "raw " + value, "refused after asking");
        }
        require(victim.accepted() == 0, "raw " + value, "somebody else was reached");
    }

    @Test
    void whatAPersonTypedIsReachedAsTyped() {
        script = Map.of();
        for (String host : List.of("127.0.0.1", "api.test", "loopback.test")) {
            victim.forget();
            URI typed = URI.create("http://" + host + ":" + victim.port());
            ClientResources resources = ClientResources.of(
                    transport, Schedulers.parallel(), Clock.systemUTC(), RandomGenerator.of("L64X128MixRandom"));
            resources
                    .client(typed)
                    .auth(auth(Kept.BEARER))
                    .build()
                    .get("/x")
                    .exchange()
                    .block(LIMIT);
            assertThat(victim.heard()).hasSize(1);
            assertThat(victim.heard().get(0)).contains(SECRET);
        }
    }

    @Test
    void aGuardedRequestNeverRidesOnAConnectionMadeWithoutTheGuard() {
        try (RawServer keeping = RawServer.start(talk -> {
            while (!talk.request().isEmpty()) {
                talk.send(Answers.ok("{\"items\":[{\"id\":1}]}"));
            }
        })) {
            Origin origin = Origin.of(URI.create("http://loopback.test:" + keeping.port()));
            Outbound listed = Outbound.builder().allowHttp(origin).build();
            ClientResources resources = ClientResources.of(
                    transport, Schedulers.parallel(), Clock.systemUTC(), RandomGenerator.of("L64X128MixRandom"));
            ApiClient typed = resources.client(URI.create(origin.toString())).build();
            typed.get("/x").exchange().block(LIMIT);
            Throwable failure = follow(client(listed, Kept.BEARER), Way.SLICE_LINK, 0, origin + "/y", Kept.BEARER);
            assertThat(failure).isInstanceOf(BlockedDestination.class);
            typed.call(Method.GET, "/z").exchange().block(LIMIT);
            assertThat(keeping.requests()).hasSize(2);
            assertThat(keeping.connections()).isEqualTo(1);
        }
    }
}
