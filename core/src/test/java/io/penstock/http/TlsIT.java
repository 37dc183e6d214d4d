package io.penstock.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.error.AccessDenied.TlsError;
import io.penstock.error.TryLater.NetworkError;
import io.penstock.error.TryLater.NetworkError.Step;
import io.penstock.http.Timeouts.Wait;
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
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates made by the JDK's keytool for this run alone. */
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
}
