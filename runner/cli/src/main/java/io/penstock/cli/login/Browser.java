package io.penstock.cli.login;

import io.penstock.cli.view.Console;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The browser of the person at the terminal, where there is one. */
public final class Browser {

    private Browser() {}

    /** Opens {@code url} if a person watches and there is a desktop; whether it was tried. */
    public static boolean open(URI url, Console console) {
        Optional<List<String>> command = console.terminal() ? command(console) : Optional.empty();
        if (command.isEmpty()) {
            return false;
        }
        try {
            ProcessBuilder process = new ProcessBuilder(command.get());
            process.command().add(url.toASCIIString());
            process.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
            process.start();
            return true;
        } catch (IOException none) {
            return false; // the URL is printed anyway
        }
    }

    private static Optional<List<String>> command(Console console) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.contains("mac")) {
            return Optional.of(new java.util.ArrayList<>(List.of("open")));
        }
        if (system.contains("windows")) {
            return Optional.of(new java.util.ArrayList<>(List.of("rundll32", "url.dll,FileProtocolHandler")));
        }
        boolean desktop = console.environment().containsKey("DISPLAY")
                || console.environment().containsKey("WAYLAND_DISPLAY");
        return desktop ? Optional.of(new java.util.ArrayList<>(List.of("xdg-open"))) : Optional.empty();
    }
}
