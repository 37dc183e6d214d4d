package io.penstock.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.config.Secret;
import io.penstock.error.AccessDenied.TlsError;
import io.penstock.http.outbound.ClientCertificate;
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
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that talks only to clients it knows, with certificates made for this run alone. Time budget: 30 s. */
class MutualTlsIT {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    static Path directory;

    private static HttpTransport plain;
    private static KeyStore keys;
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void open() throws IOException, GeneralSecurityException {
        plain = HttpTransport.builder().build();
        keytool("server", "EC");
        keytool("client", "RSA");
        keytool("stranger", "EC");
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve("keys.p12"))) {
            keys.load(in, PASSWORD);
        }
    }

    @AfterAll
    static void close() {
        plain.close();
    }

    private static void keytool(String alias, String kind) throws IOException {
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String all = "-genkeypair -keyalg " + kind + " -alias " + alias + " -dname CN=" + alias
                + " -ext SAN=ip:127.0.0.1 -storetype PKCS12 -storepass changeit -keystore";
        List<String> command = new java.util.ArrayList<>(List.of(tool));
        command.addAll(List.of(all.split(" ")));
        command.add(directory.resolve("keys.p12").toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(alias + ".log").toFile())
                .start();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }

    private static KeyStore only(String alias, boolean withKey) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        if (withKey) {
            store.setKeyEntry(
                    alias, keys.getKey(alias, PASSWORD), PASSWORD, new X509Certificate[] {certificate(alias)});
        } else {
            store.setCertificateEntry(alias, certificate(alias));
        }
        return store;
    }

    private static X509Certificate certificate(String alias) throws GeneralSecurityException {
        return (X509Certificate) keys.getCertificate(alias);
    }

    /** Trusts the client's certificate alone. */
    private SSLServerSocket serve(String protocol) throws IOException, GeneralSecurityException {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(only("server", true), PASSWORD);
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(only("client", false));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        SSLServerSocket listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        listener.setNeedClientAuth(true);
        listener.setEnabledProtocols(new String[] {protocol});
        Thread thread = new Thread(() -> accept(listener), "mutual-tls-server");
        thread.setDaemon(true);
        thread.start();
        return listener;
    }

    private void accept(SSLServerSocket listener) {
        while (!listener.isClosed()) {
            try (SSLSocket socket = (SSLSocket) listener.accept()) {
                byte[] request = new byte[4096];
                if (socket.getInputStream().read(request) > 0) {
                    seen.add(socket.getSession().getPeerPrincipal().getName());
                    socket.getOutputStream().write(Answers.ok("{\"tls\":true}"));
                }
            } catch (IOException refused) {
                // no certificate, or one nobody knows: that is what most tests here are for
            }
        }
    }

    private static String pem(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + label
                + "-----\n";
    }

    private static ClientCertificate ours(String alias) throws GeneralSecurityException {
        return ClientCertificate.of(
                pem("CERTIFICATE", certificate(alias).getEncoded()),
                Secret.of(pem("PRIVATE KEY", keys.getKey(alias, PASSWORD).getEncoded())));
    }

    private static ApiRequest get(SSLServerSocket server) {
        return ApiRequest.of(Method.GET, URI.create("https://127.0.0.1:" + server.getLocalPort() + "/x"));
    }

    private static Transport with(SSLServerSocket server, TlsTrust trust) {
        return plain.with(Outbound.builder().trust(get(server).origin(), trust).build());
    }

    private static TlsTrust knowing(String alias) throws GeneralSecurityException {
        return TlsTrust.MACHINE.authorities(List.of(certificate(alias)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aClientThatIsKnownIsLetIn(String protocol) throws IOException, GeneralSecurityException {
        try (SSLServerSocket server = serve(protocol)) {
            Transport transport = with(server, knowing("server").presenting(ours("client")));
            assertThat(transport.send(get(server)).count().block(LIMIT)).isEqualTo(2);
            assertThat(seen).containsExactly("CN=client");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aClientWithoutCertificateOrWithAnotherIsNotAndIsToldWhy(String protocol)
            throws IOException, GeneralSecurityException {
        try (SSLServerSocket server = serve(protocol)) {
            for (TlsTrust trust : List.of(knowing("server"), knowing("server").presenting(ours("stranger")))) {
                Throwable failure = with(server, trust)
                        .send(get(server))
                        .then()
                        .materialize()
                        .block(LIMIT)
                        .getThrowable();
                assertThat(failure).isInstanceOf(TlsError.class).hasMessageContaining("client certificate");
            }
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void aKeyOfAnotherCertificateIsRefusedBeforeAnythingIsSent() throws GeneralSecurityException {
        String certificate = pem("CERTIFICATE", certificate("client").getEncoded());
        for (String other : List.of("server", "stranger")) {
            Secret key = Secret.named(
                    "env:KEY", pem("PRIVATE KEY", keys.getKey(other, PASSWORD).getEncoded()));
            assertThatThrownBy(() -> ClientCertificate.of(certificate, key))
                    .hasMessageContaining("env:KEY")
                    .hasMessageContaining("not the one of the first certificate");
        }
        assertThat(ours("client")).isEqualTo(ours("client")).hasToString("client certificate");
        assertThat(TlsTrust.MACHINE.presenting(ours("client"))).isNotEqualTo(TlsTrust.MACHINE);
    }
}
