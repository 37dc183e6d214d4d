package io.penstock.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.client.ClientResources;
import io.penstock.error.AccessDenied.TlsError;
import io.penstock.error.TryLater.NetworkError;
import io.penstock.error.TryLater.NetworkError.Step;
import io.penstock.http.Timeouts.Wait;
import io.penstock.http.outbound.Outbound;
import io.penstock.http.outbound.TlsTrust;
import io.penstock.message.ApiRequest;
import io.penstock.message.Method;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.scheduler.Schedulers;

/** N4, with certificates made by the JDK's keytool for this run alone. Time budget: 40 s. */
class TlsIT {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    static Path directory;

    private static HttpTransport plain;

    @BeforeAll
    static void open() {
        plain = HttpTransport.builder().build();
    }

    @AfterAll
    static void close() {
        plain.close();
    }

    private static KeyStore store(String name, String... more) throws IOException, GeneralSecurityException {
        keytool(name, "key", more);
        return load(name);
    }

    /** A key whose certificate the key {@code ca} of the same store has signed. */
    private static KeyStore signed(String name, String... more) throws IOException, GeneralSecurityException {
        keytool(name, "ca", "-ext", "bc:c");
        List<String> all = new ArrayList<>(List.of("-signer", "ca"));
        all.addAll(List.of(more));
        keytool(name, "key", all.toArray(new String[0]));
        return load(name);
    }

    private static void keytool(String name, String alias, String... more) throws IOException {
        Path file = directory.resolve(name + ".p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + alias,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                "changeit"));
        command.addAll(List.of(more));
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile())
                .start();
        try {
            assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }

    private static KeyStore load(String name) throws IOException, GeneralSecurityException {
        Path file = directory.resolve(name + ".p12");
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    /** Serves one page over TLS to everybody, until it is closed. */
    private static SSLServerSocket serve(KeyStore store, String... protocols)
            throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        SSLServerSocket listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        if (protocols.length > 0) {
            listener.setEnabledProtocols(protocols);
        }
        Thread thread = new Thread(() -> accept(listener), "tls-server");
        thread.setDaemon(true);
        thread.start();
        return listener;
    }

    private static void accept(SSLServerSocket listener) {
        while (!listener.isClosed()) {
            try (SSLSocket socket = (SSLSocket) listener.accept()) {
                byte[] request = new byte[4096];
                if (socket.getInputStream().read(request) > 0) {
                    socket.getOutputStream().write(Answers.ok("{\"tls\":true}"));
                }
            } catch (IOException refused) {
                // the client has refused us: that is what most tests here are for
            }
        }
    }

    private static ApiRequest get(int port, String host) {
        return ApiRequest.of(Method.GET, URI.create("https://" + host + ":" + port + "/x"));
    }

    private static Throwable failure(Transport transport, ApiRequest request) {
        return transport.send(request).then().materialize().block(LIMIT).getThrowable();
    }

    @Test
    void aCertificateNobodyVouchesForIsRefused() throws IOException, GeneralSecurityException {
        try (SSLServerSocket server = serve(store("unknown", "-ext", "SAN=ip:127.0.0.1"))) {
            assertThat(failure(plain, get(server.getLocalPort(), "127.0.0.1")))
                    .isInstanceOf(TlsError.class)
                    .hasMessageContaining("does not know")
                    .hasMessageContaining("trust store");
        }
    }

    @Test
    void aCertificateOfAnAuthorityThatIsTrustedIsAccepted() throws IOException, GeneralSecurityException {
        KeyStore store = store("trusted", "-ext", "SAN=ip:127.0.0.1");
        try (SSLServerSocket server = serve(store)) {
            HttpTransport transport = trusting(store, "key");
            assertThat(transport
                            .send(get(server.getLocalPort(), "127.0.0.1"))
                            .count()
                            .block(LIMIT))
                    .isEqualTo(2);
            transport.close();
        }
    }

    private static HttpTransport trusting(KeyStore store, String alias) throws GeneralSecurityException {
        return HttpTransport.builder()
                .authorities(List.of((X509Certificate) store.getCertificate(alias)))
                .build();
    }

    @Test
    void aCertificateForAnotherHostIsRefused() throws IOException, GeneralSecurityException {
        KeyStore store = store("other", "-ext", "SAN=dns:other.example.com");
        try (SSLServerSocket server = serve(store)) {
            HttpTransport transport = trusting(store, "key");
            assertThat(failure(transport, get(server.getLocalPort(), "127.0.0.1")))
                    .isInstanceOf(TlsError.class)
                    .hasMessageContaining("another host than 127.0.0.1");
            transport.close();
        }
    }

    @Test
    void anExpiredCertificateIsRefused() throws IOException, GeneralSecurityException {
        KeyStore store = signed("expired", "-ext", "SAN=ip:127.0.0.1", "-startdate", "-10d", "-validity", "3");
        HttpTransport transport = trusting(store, "ca");
        store.deleteEntry("ca");
        try (SSLServerSocket server = serve(store)) {
            assertThat(failure(transport, get(server.getLocalPort(), "127.0.0.1")))
                    .isInstanceOf(TlsError.class)
                    .hasMessageContaining("expired");
        }
        transport.close();
    }

    @Test
    void aServerWithoutTlsIsNamedAsSuch() {
        try (RawServer server = RawServer.start(talk -> talk.send("HTTP/1.1 400 Bad Request\r\n\r\n"))) {
            assertThat(failure(plain, get(server.port(), "127.0.0.1")))
                    .isInstanceOf(TlsError.class)
                    .hasMessageContaining("http://");
        }
    }

    @Test
    void aHandshakeThatStallsOrBreaksIsTriedAgain() {
        Timeouts quick = Timeouts.DEFAULT.with(Wait.TLS, Duration.ofMillis(300));
        HttpTransport transport = HttpTransport.builder().timeouts(quick).build();
        for (RawServer.Script script :
                List.<RawServer.Script>of(RawServer.Talk::awaitHangUp, talk -> talk.send(""), RawServer.Talk::reset)) {
            try (RawServer server = RawServer.start(script)) {
                assertThat(failure(transport, get(server.port(), "127.0.0.1")))
                        .isInstanceOfSatisfying(
                                NetworkError.class,
                                error -> assertThat(error.step()).isEqualTo(Step.CONNECT));
            }
        }
        transport.close();
    }

    private static Transport trusting(int port, TlsTrust trust) {
        return plain.with(
                Outbound.builder().trust(get(port, "127.0.0.1").origin(), trust).build());
    }

    private static X509Certificate certificate(KeyStore store, String alias) throws GeneralSecurityException {
        return (X509Certificate) store.getCertificate(alias);
    }

    private static String pin(X509Certificate certificate) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest(certificate.getPublicKey().getEncoded());
        return "sha256/" + Base64.getEncoder().encodeToString(digest);
    }

    private static String pem(X509Certificate certificate) throws GeneralSecurityException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    @Test
    void anAuthorityBesidesIsTrustedAtItsOriginAlone() throws IOException, GeneralSecurityException {
        KeyStore store = signed("besides", "-ext", "SAN=ip:127.0.0.1");
        X509Certificate authority = certificate(store, "ca");
        store.deleteEntry("ca");
        try (SSLServerSocket server = serve(store);
                SSLServerSocket other = serve(store)) {
            Transport transport = trusting(server.getLocalPort(), TlsTrust.MACHINE.pem(pem(authority)));
            assertThat(transport
                            .send(get(server.getLocalPort(), "127.0.0.1"))
                            .count()
                            .block(LIMIT))
                    .isEqualTo(2);
            assertThat(failure(transport, get(other.getLocalPort(), "127.0.0.1")))
                    .isInstanceOf(TlsError.class);
            assertThat(failure(plain, get(server.getLocalPort(), "127.0.0.1"))).isInstanceOf(TlsError.class);
        }
    }

    @Test
    void anAuthorityBesidesDoesNotReplaceTheCheckOfTheHost() throws IOException, GeneralSecurityException {
        KeyStore store = signed("besides-host", "-ext", "SAN=ip:127.0.0.2,dns:localhost");
        X509Certificate authority = certificate(store, "ca");
        store.deleteEntry("ca");
        try (SSLServerSocket server = serve(store)) {
            TlsTrust trust = TlsTrust.MACHINE.authorities(List.of(authority)).pin(pin(certificate(store, "key")));
            assertThat(failure(trusting(server.getLocalPort(), trust), get(server.getLocalPort(), "127.0.0.1")))
                    .isInstanceOf(TlsError.class)
                    .hasMessageContaining("another host than 127.0.0.1");
        }
    }

    @Test
    void aPinIsTheServersKeyOrOneThatSignedIt() throws IOException, GeneralSecurityException {
        KeyStore store = signed("pinned", "-ext", "SAN=ip:127.0.0.1");
        X509Certificate authority = certificate(store, "ca");
        X509Certificate own = certificate(store, "key");
        store.deleteEntry("ca");
        TlsTrust trust = TlsTrust.MACHINE.authorities(List.of(authority));
        String stranger = pin(certificate(store("pin-stranger"), "key"));
        try (SSLServerSocket server = serve(store)) {
            int port = server.getLocalPort();
            for (String pin : List.of(pin(own), pin(authority))) {
                Transport transport = trusting(port, trust.pin(stranger).pin(pin));
                assertThat(transport.send(get(port, "127.0.0.1")).count().block(LIMIT))
                        .isEqualTo(2);
            }
            assertThat(failure(trusting(port, trust.pin(stranger)), get(port, "127.0.0.1")))
                    .isInstanceOf(TlsError.class)
                    .hasMessageContaining("pinned");
        }
    }

    @Test
    void aPinnedCertificateThatHasSignedNothingIsWorthNothing() throws IOException, GeneralSecurityException {
        KeyStore store = signed("junk", "-ext", "SAN=ip:127.0.0.1");
        X509Certificate bystander = certificate(store("bystander"), "key");
        X509Certificate[] chain = {certificate(store, "key"), certificate(store, "ca"), bystander};
        X509ExtendedTrustManager manager = TlsTrust.MACHINE
                .authorities(List.of(certificate(store, "ca")))
                .pin(pin(bystander))
                .manager(List.of());
        assertThat(catchThrowable(() -> manager.checkServerTrusted(chain, "ECDHE_ECDSA")))
                .isInstanceOf(CertificateException.class);
        X509ExtendedTrustManager good = TlsTrust.MACHINE
                .authorities(List.of(certificate(store, "ca")))
                .pin(pin(chain[1]))
                .manager(List.of());
        assertThat(catchThrowable(() -> good.checkServerTrusted(new X509Certificate[] {chain[0]}, "ECDHE_ECDSA")))
                .as("the authority itself need not be sent")
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "sha256/", "sha256/AAAA", "sha1/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "sha256/!!"})
    void whatIsNoPinIsRefused(String pin) {
        assertThat(catchThrowable(() -> TlsTrust.MACHINE.pin(pin)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sha256/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rubbish", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void whatIsNoCertificateIsRefused(String pem) {
        assertThat(catchThrowable(() -> TlsTrust.MACHINE.pem(pem)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PEM");
    }

    /** A server hello of TLS 1.0 and of TLS 1.1, and the alert of a server that knows nothing newer (RFC 5246, 7.4.1.3, 7.2.2). */
    @ParameterizedTest
    @ValueSource(strings = {"0301", "0302", "alert"})
    void aWeakProtocolIsRefusedAndNeverTriedAgain(String version) {
        byte[] answer = version.equals("alert")
                ? HexFormat.of().parseHex("15030100020246")
                : HexFormat.of()
                        .parseHex("16" + version + "002a" + "02000026" + version + "00".repeat(32) + "00" + "c02f"
                                + "00");
        try (RawServer server = RawServer.start(talk -> {
            talk.send(answer);
            talk.awaitHangUp();
        })) {
            ClientResources resources = ClientResources.of(
                    plain, Schedulers.parallel(), Clock.systemUTC(), RandomGenerator.of("L64X128MixRandom"));
            Throwable failure = resources
                    .client(URI.create("https://127.0.0.1:" + server.port()))
                    .build()
                    .get("/x")
                    .exchange()
                    .materialize()
                    .block(LIMIT)
                    .getThrowable();
            assertThat(failure).isInstanceOf(TlsError.class).hasMessageContaining("TLS");
            assertThat(server.connections()).isEqualTo(1);
        }
    }
}
