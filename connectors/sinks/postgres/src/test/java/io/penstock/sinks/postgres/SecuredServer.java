package io.penstock.sinks.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A server that asks for passwords, over TLS with a certificate for {@code localhost} that nobody knows. */
record SecuredServer(EmbeddedPostgres server, Path certificate) implements AutoCloseable {

    private static final String SECRET = "changeit";

    static SecuredServer start(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
        Path store = directory.resolve("server.p12");
        int made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-ext",
                        "BC=ca:true",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        SECRET,
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (made != 0) {
            throw new IOException("no certificate was made: " + made);
        }
        KeyStore keys = KeyStore.getInstance(store.toFile(), SECRET.toCharArray());
        Path certificate = pem(
                directory.resolve("server.crt"),
                "CERTIFICATE",
                keys.getCertificate("server").getEncoded());
        Path key = pem(
                directory.resolve("server.key"),
                "PRIVATE KEY",
                keys.getKey("server", SECRET.toCharArray()).getEncoded());
        Path rules = Files.writeString(
                directory.resolve("hba.conf"),
                "hostssl all postgres all trust\nhost all postgres all trust\nhostssl all all all scram-sha-256\n");
        EmbeddedPostgres server = TestServer.embedded()
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", certificate.toString())
                .setServerConfig("ssl_key_file", key.toString())
                .setServerConfig("hba_file", rules.toString())
                .start();
        return new SecuredServer(server, certificate);
    }

    private static Path pem(Path file, String kind, byte[] content) throws IOException {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
