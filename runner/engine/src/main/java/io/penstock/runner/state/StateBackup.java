package io.penstock.runner.state;

import io.penstock.error.StateFailure.StateCorrupt;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A state document with the checksum of its bytes as its last line, so that no damage goes unseen. */
public final class StateBackup {

    private static final String LINE = "sha256 ";

    private StateBackup() {}

    /** The text of the file. */
    public static String write(StateDocument state) {
        String json = StateJson.write(state);
        return json + LINE + digest(json) + "\n";
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param name the file's name, for messages
     * @throws StateCorrupt if a single bit of it is another one, or something is missing or more
     */
    public static StateDocument read(String name, String text) {
        int end = text.lastIndexOf("}\n" + LINE) + 2;
        if (end < 2) {
            throw new StateCorrupt(
                    name + ": expected a last line 'sha256' with the checksum of the lines before it, found none:"
                            + " the file is cut off or was not written by state backup; use another backup, or state import for a file of"
                            + " state export");
        }
        String json = text.substring(0, end);
        String expected = LINE + digest(json) + "\n";
        if (!text.substring(end).equals(expected)) {
            throw new StateCorrupt(name + ": expected the checksum " + expected.strip() + ", found "
                    + text.substring(end).lines().findFirst().orElse("none")
                    + ": the file was changed or damaged; use another backup");
        }
        return StateJson.read(name, json);
    }

    private static String digest(String json) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
