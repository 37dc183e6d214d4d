package io.penstock.sinks.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kill -9 at random moments of a process that commits all the time: nothing is lost, nothing doubled, no start needs a hand.
 *
 * <p>60 kills within 120 seconds; {@code -Dkills=2000} for more, {@code -Dkills.seed=N} repeats a run that failed.
 */
final class PostgresRandomKillIT {

    private static final int KILLS = Integer.getInteger("kills", 60);
    private static final int LONGEST_LIFE = 30;
    private static final int SPINS = 400_000;

    @TempDir
    Path directory;

    @Test
    void nothingIsLostOrDoubledWheneverAProcessIsKilled() throws IOException, InterruptedException {
        long seed = Long.getLong("kills.seed", new SplittableRandom().nextLong());
        SplittableRandom random = new SplittableRandom(seed);
        Path errors = directory.resolve("errors");
        long before = 0;
        Process next = process(errors);
        try {
            for (int kill = 0; kill < KILLS; kill++) {
                Process process = next;
                next = process(errors);
                lifeOf(process, random, errors);
                assertThat(errors).as("kill %d of -Dkills.seed=%d", kill, seed).isEmptyFile();
                before = requireWhole(before, kill, seed);
            }
        } finally {
            next.destroyForcibly();
        }
        assertThat(before).as("commits in all, so that the kills met some").isGreaterThan(KILLS);
    }

    /** Started, and waiting for a byte; without a log, whose start would be most of its own. */
    private Process process(Path errors) throws IOException {
        String classes = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("logback"))
                .collect(Collectors.joining(File.pathSeparator));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:-BytecodeVerificationRemote",
                        "-Xshare:auto",
                        "-Dslf4j.internal.verbosity=ERROR",
                        "-cp",
                        classes,
                        ProcessOfKills.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
    }

    /** Kills it after a random number of words, or a random moment after one. */
    private static void lifeOf(Process process, SplittableRandom random, Path errors)
            throws IOException, InterruptedException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        try (BufferedReader said = process.inputReader()) {
            for (int words = random.nextInt(LONGEST_LIFE); words >= 0; words--) {
                assertThat(said.readLine()).as("%s", Files.readString(errors)).isNotNull();
            }
            random.split().longs(random.nextInt(SPINS)).sum(); // a little time
            process.toHandle().destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Rows and cursors as of one moment: what a process left half done is not there. */
    private long requireWhole(long before, int kill, long seed) {
        String told = "kill " + kill + " of -Dkills.seed=" + seed;
        long version = version("appended");
        assertThat(version).as(told).isGreaterThanOrEqualTo(before);
        if (version > 0) {
            assertThat(Postgres.query(
                            directory,
                            "SELECT count(*) || ' ' || count(DISTINCT id) || ' ' || coalesce(max(id), 0) || ' ' || (SELECT version"
                                    + " FROM _penstock_state WHERE stream = 'appended') FROM appended"))
                    .as(told)
                    .satisfies(found -> {
                        String[] words = found.get(0).split(" ");
                        long rows = Long.parseLong(words[3]) * ProcessOfKills.ROWS;
                        assertThat(words[0] + words[1] + words[2]).isEqualTo("" + rows + rows + (rows - 1));
                    });
        }
        requireAllOf("upserted", ProcessOfKills.ROWS, told);
        requireAllOf("replaced", 3 * ProcessOfKills.ROWS, told);
        return version;
    }

    private long version(String stream) {
        List<String> found = known("_penstock_state")
                ? Postgres.query(
                        directory, "SELECT version FROM _penstock_state WHERE NOT next AND stream = '" + stream + "'")
                : List.of();
        return found.isEmpty() ? 0 : Long.parseLong(found.get(0));
    }

    private boolean known(String table) {
        return Postgres.query(directory, "SELECT to_regclass('" + table + "')").get(0) != null;
    }

    /** Every row is of the version that the ledger tells. */
    private void requireAllOf(String stream, int rows, String told) {
        if (version(stream) > 0) {
            assertThat(Postgres.query(
                            directory,
                            "SELECT (SELECT version FROM _penstock_state WHERE NOT next AND stream = '" + stream
                                    + "') = ALL (SELECT v FROM " + stream + ") AND count(*) = " + rows + " FROM "
                                    + stream))
                    .as("%s after %s", stream, told)
                    .containsExactly("t");
        }
    }
}
