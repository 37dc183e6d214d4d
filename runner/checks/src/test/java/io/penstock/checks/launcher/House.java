package io.penstock.checks.launcher;

import io.penstock.checks.architecture.Product;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;

/** A repository in miniature: the real launcher, with a Java and a Maven that only write down what they are asked. */
final class House {

    private static final String MAVEN = """
            #!/bin/sh
            echo "$@" >>builds.txt
            echo "JAVA_HOME=${JAVA_HOME:-}" >>homes.txt
            while [ -f hold ]; do sleep 0.05; done
            [ ! -f broken ] || { echo "Thing.java:1: not Java"; exit 1; }
            if [ -f edit ]; then
              began=runner/cli/target/.build-began
              until [ -n "$(find core/src/main/Thing.java -newer "$began")" ]; do touch core/src/main/Thing.java; done
              rm edit
            fi
            echo jar >runner/cli/target/penstock.jar
            """;
    private static final String JAVA = """
            #!/bin/sh
            for word in "$@"; do
              case $word in
                -XX:ArchiveClassesAtExit=*)
                  echo once >>"$HOUSE/archives.txt"
                  [ ! -f "$HOUSE/no-archive" ] || exit 1
                  echo classes >"${word#*=}"
                  exit 0 ;;
              esac
            done
            printf 'word: %s\\n' "$@"
            echo "folder: $(pwd)"
            echo "input: $(cat)"
            exit "${EXIT:-0}"
            """;

    private final Path root;

    private House(Path root) {
        this.root = root;
    }

    /** A fresh clone in {@code root}, with Java 17. */
    static House in(Path root) {
        House house = new House(root);
        house.write("penstock", Product.text(Product.root().resolve("penstock")));
        house.write("mvnw", MAVEN);
        house.write("jdk/bin/java", JAVA);
        house.write("jdk/bin/javac", "");
        house.javaVersion("17.0.1");
        for (String file : List.of(
                "pom.xml",
                "core/pom.xml",
                "core/src/main/Thing.java",
                "core/src/test/ThingTest.java",
                "connectors/one/src/main/resources/One.txt",
                "connectors/one/README.md",
                "runner/cli/pom.xml",
                "runner/checks/pom.xml")) {
            house.write(file, "as it was");
            house.age(file);
        }
        return house;
    }

    Launch launch(String... arguments) {
        return new Launch(this, path("penstock"), root, arguments);
    }

    Path path(String name) {
        return root.resolve(name);
    }

    void javaVersion(String version) {
        write("jdk/release", "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
    }

    /** Writes a file that can also be executed. */
    void write(String name, String text) {
        try {
            Path file = path(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Saves a file after everything that has been built so far. */
    void save(String name) {
        write(name, "saved");
        stamp(name, Instant.parse("2100-01-01T00:00:00Z"));
    }

    /** Makes a file older than anything that will be built. */
    void age(String name) {
        stamp(name, Instant.parse("2000-01-01T00:00:00Z"));
    }

    private void stamp(String name, Instant time) {
        try {
            Files.setLastModifiedTime(path(name), FileTime.from(time));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** How often Maven was called. */
    int builds() {
        return lines("builds.txt").size();
    }

    /** How often the archive of classes was made or tried. */
    int archives() {
        return lines("archives.txt").size();
    }

    List<String> lines(String name) {
        return Files.exists(path(name)) ? Product.text(path(name)).lines().toList() : List.of();
    }

    void remove(String name) {
        try {
            Files.delete(path(name));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
