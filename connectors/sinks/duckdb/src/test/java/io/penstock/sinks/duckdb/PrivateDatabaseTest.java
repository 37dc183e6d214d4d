package io.penstock.sinks.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.columns.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrivateDatabaseTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private Map<String, String> modes(Path folder) throws IOException {
        Map<String, String> modes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                modes.put(
                        directory.relativize(file).toString(),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
        return modes;
    }

    @Test
    void fileLogAndSpoolsAreTheOwnersAlone() throws IOException {
        Database database = Database.acquire(directory.resolve("new/shop.duckdb"));
        try {
            database.writer()
                    .run(() -> {
                        Session session = database.session("256MB");
                        session.execute("SET wal_autocheckpoint = '1GB'");
                        session.transaction(() -> session.execute("CREATE TABLE t AS SELECT 1 AS id"));
                        Files.createFile(database.nextFile());
                    })
                    .block(LIMIT);
            assertThat(modes(directory.resolve("new")))
                    .containsEntry("new", "rwx------")
                    .containsEntry("new/shop.duckdb", "rw-------")
                    .containsEntry("new/shop.duckdb.wal", "rw-------")
                    .containsEntry("new/shop.duckdb.penstock", "rwx------");
        } finally {
            database.release();
        }
    }

    @Test
    void theModeOfADatabaseThatIsThereStaysAsItsOwnerHasSetIt() throws IOException, SQLException {
        Path file = directory.resolve("shop.duckdb");
        DriverManager.getConnection("jdbc:duckdb:" + file).close();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Database database = Database.acquire(file);
        try {
            database.writer()
                    .run(() -> database.session("256MB").execute("SELECT 1"))
                    .block(LIMIT);
            assertThat(modes(directory)).containsEntry("shop.duckdb", "rw-r-----");
        } finally {
            database.release();
        }
    }
}
