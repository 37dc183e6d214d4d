package io.penstock.http;

import io.penstock.auth.Auth;
import io.penstock.auth.Authenticator;
import io.penstock.auth.Credential;
import io.penstock.auth.Placement;
import io.penstock.auth.SessionLogin;
import io.penstock.auth.jwt.JwtAlgorithm;
import io.penstock.auth.jwt.JwtAssertion;
import io.penstock.auth.jwt.SigningKey;
import io.penstock.auth.sign.AwsCredentials;
import io.penstock.auth.sign.AwsSignature;
import io.penstock.auth.sign.HmacSigning;
import io.penstock.client.ApiCall;
import io.penstock.client.ApiClient;
import io.penstock.client.ClientResources;
import io.penstock.config.Secret;
import io.penstock.error.AccessDenied.BlockedDestination;
import io.penstock.error.BadAnswer.PaginationContract;
import io.penstock.http.outbound.Outbound;
import io.penstock.page.Paging;
import io.penstock.record.Pointer;
import io.penstock.retry.RetryPolicy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/** A client at home, places where it must not go, and every way by which the URL of a peer comes in. */
final class OutboundRig implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(20);
    static final String SECRET = "s3cr3t-canary";
    static final String BODY = "b0dy-canary";
    static final List<Integer> REDIRECTS = List.of(301, 302, 303, 307, 308);

    /** How a URL comes in. */
    enum Way {
        LINK_HEADER,
        BODY_NEXT,
        REDIRECT_FIRST,
        REDIRECT_SECOND,
        SLICE_LINK
    }

    /** Where the credential is kept. */
    enum Kept {
        BEARER,
        BASIC,
        HEADER,
        QUERY,
        COOKIE,
        KEY_COOKIE,
        SIGNATURE,
        AWS,
        SESSION,
        SESSION_QUERY,
        JWT,
        JWT_QUERY,
        ALL,
        POOL,
        DEFAULT_HEADER,
        DEFAULT_QUERY,
        BODY
    }

    final Recorder home = new Recorder("127.0.0.1", this::answer);
    final Recorder victim = new Recorder("0.0.0.0", this::answer);
    final Recorder victimSix = new Recorder("::1", this::answer);
    final HttpTransport transport;
    final List<String> wrong = new ArrayList<>();
    int cells;
    volatile Map<String, byte[]> script = Map.of();

    OutboundRig() {
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

    @Override
    public void close() {
        transport.close();
        home.close();
        victim.close();
        victimSix.close();
    }

    private byte[] answer(String request) {
        String path = request.split(" ", 3)[1].split("\\?", 2)[0];
        if (path.equals("/login")) {
            return Answers.ok(Answers.utf8("{\"token\":\"" + SECRET + "\"}"), "Connection: close");
        }
        return script.getOrDefault(path, Answers.ok(Answers.utf8("{\"items\":[{\"id\":1}]}"), "Connection: close"));
    }

    ApiClient client(Outbound outbound, Kept kept) {
        ApiClient.Builder client = ClientResources.of(
                        transport, Schedulers.parallel(), Clock.systemUTC(), RandomGenerator.of("L64X128MixRandom"))
                .client(URI.create("http://api.test:" + home.port()))
                .retry(RetryPolicy.builder().maxAttempts(1).build())
                .outbound(outbound)
                .auth(credential(kept));
        if (kept == Kept.DEFAULT_HEADER) {
            client.header("X-Secret", SECRET);
        }
        if (kept == Kept.DEFAULT_QUERY) {
            client.query("secret", SECRET);
        }
        return client.build();
    }

    private Credential credential(Kept kept) {
        return switch (kept) {
            case SESSION -> session().build();
            case SESSION_QUERY -> session().sentAs(Placement.query("sid")).build();
            default -> Credential.of(auth(kept));
        };
    }

    private SessionLogin.Builder session() {
        return SessionLogin.at(URI.create("http://api.test:" + home.port() + "/login"))
                .field("password", Secret.of(SECRET + "-password"))
                .tokenAt(Pointer.of("/token"));
    }

    private static Authenticator jwt(Placement place) {
        SigningKey key = SigningKey.of(JwtAlgorithm.HS256, Secret.of("a shared secret of 32 bytes or so"));
        return Auth.jwt(
                JwtAssertion.builder(key).issuer("me").build(),
                place,
                Clock.systemUTC(),
                RandomGenerator.of("L64X128MixRandom"));
    }

    static Authenticator auth(Kept kept) {
        Secret secret = Secret.of(SECRET);
        return switch (kept) {
            case BEARER -> Auth.bearer(secret);
            case BASIC -> Auth.basic("user", secret);
            case HEADER -> Auth.header("X-Api-Key", "", secret);
            case QUERY -> Auth.query("api_key", secret);
            case COOKIE -> Auth.header("Cookie", "session=", secret);
            case KEY_COOKIE -> Auth.cookie("session", secret);
            case SIGNATURE ->
                Auth.signed(
                        HmacSigning.builder(secret, "{method}{path_and_query}")
                                .header("X-Signature", SECRET + "-{signature}")
                                .build(),
                        Clock.systemUTC(),
                        RandomGenerator.of("L64X128MixRandom"));
            case AWS ->
                Auth.aws(
                        AwsSignature.of(
                                new AwsCredentials("AKIDEXAMPLE", Secret.of("key"), Optional.of(secret)),
                                "us-east-1",
                                "s3"),
                        Clock.systemUTC());
            case JWT -> jwt(Placement.bearer());
            case JWT_QUERY -> jwt(Placement.query("assertion"));
            case ALL -> Auth.all(Auth.header("X-Api-Key", "", secret), Auth.bearer(Secret.of("other")));
            case POOL -> Auth.pool(Auth.bearer(secret), Auth.bearer(Secret.of(SECRET + "2")));
            default -> Auth.none();
        };
    }

    static byte[] redirect(int status, String to) {
        return Answers.of(
                "HTTP/1.1 " + status + " There\nLocation: " + to + "\nContent-Length: 0\nConnection: close",
                new byte[0]);
    }

    static byte[] page(String next) {
        return Answers.ok(
                Answers.utf8("{\"items\":[{\"id\":1}],\"next\":\"" + next.replace("\\", "\\\\") + "\"}"),
                "Connection: close");
    }

    /** Lets {@code url} come in, and says how that ended; null for well. */
    @Nullable Throwable follow(ApiClient api, Way way, int status, String url, Kept kept) {
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

    static void walk(ApiCall start, Paging paging) {
        start.pages(paging).batches("/items").take(2).then().block(LIMIT);
    }

    static List<Integer> statuses(Way way) {
        return way == Way.REDIRECT_FIRST || way == Way.REDIRECT_SECOND ? REDIRECTS : List.of(0);
    }

    void require(boolean holds, String cell, String what) {
        if (!holds) {
            wrong.add(cell + ": " + what);
        }
    }

    /** Whether a failure says that the link was refused, before or while connecting. */
    static boolean refused(@Nullable Throwable failure) {
        return failure instanceof BlockedDestination
                || failure instanceof PaginationContract
                || failure instanceof IllegalArgumentException; // no URL at all
    }
}
