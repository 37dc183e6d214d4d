package io.penstock.testkit.sink;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The process that dies in a {@link KillContract}. */
final class KilledRun {

    /** The exit code of a process that was killed. */
    static final int KILLED = 137;

    private KilledRun() {}

    /** Runs {@code contract} on {@code directory} in a process that dies at {@code point}; at most for a minute. */
    static int exitCode(KillContract contract, String point, Path directory) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dpenstock.kill=" + point,
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledRun.class.getName(),
                        contract.getClass().getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor(1, TimeUnit.MINUTES) ? process.exitValue() : -1;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Where that process starts: the name of the contract's class, and the directory. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Constructor<?> constructor = Class.forName(arguments[0]).getDeclaredConstructor();
        constructor.setAccessible(true);
        ((KillContract) constructor.newInstance()).sync(Path.of(arguments[1]));
    }
}
