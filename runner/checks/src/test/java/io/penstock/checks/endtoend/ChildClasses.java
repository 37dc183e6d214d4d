package io.penstock.checks.endtoend;

import io.penstock.testkit.model.ModelApi;
import java.io.File;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * The tests' class path, packed so that many processes start quickly: loading classes is most of what a short process costs, and the
 * machine keeps loaded ones only of jars.
 *
 * @param path jars only
 * @param archive what {@link #recording} writes and {@link #using} reads; a process starts without it too, only later
 */
record ChildClasses(String path, Path archive) {

    /** Packs the folders of the class path into {@code folder}. */
    static ChildClasses packed(Path folder) {
        ToolProvider jar = ToolProvider.findFirst("jar").orElseThrow();
        PrintStream out = System.out;
        List<String> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (Files.isDirectory(Path.of(entry))) {
                String packed = folder.resolve(path.size() + ".jar").toString();
                if (jar.run(out, out, "--create", "--no-manifest", "--file", packed, "-C", entry, ".") != 0) {
                    throw new AssertionError("cannot pack " + entry);
                }
                path.add(packed);
            } else if (Files.isRegularFile(Path.of(entry))) {
                path.add(entry);
            }
        }
        return new ChildClasses(String.join(File.pathSeparator, path), folder.resolve("classes.jsa"));
    }

    /** As {@link #packed}, once a run into {@code sink} has kept what it had loaded. */
    static ChildClasses recorded(Path folder, String sink) {
        ChildClasses classes = packed(folder);
        try (ModelApi api = ModelApi.builder().records(300).build().start()) {
            Scenario scenario = Scenario.of(api, folder.resolve("run"), sink, false);
            try (Child child = scenario.child(classes, classes.recording())) {
                if (child.exit() != 0) {
                    throw new AssertionError(child.said());
                }
            }
        }
        return classes;
    }

    /** Options of a process that keeps what it has loaded. */
    List<String> recording() {
        return List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:disable");
    }

    /** Options of a process that starts with what was kept. */
    List<String> using() {
        return List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable");
    }
}
