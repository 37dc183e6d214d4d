package io.penstock.sink;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A named point before or after a durable step, where a test can end the process as a kill would.
 *
 * <p>It does nothing unless the system property {@code penstock.kill} names the point: {@code files.commit.synced} ends the
 * process the first time the point is reached, {@code files.commit.synced#3} the third time. The process halts with exit code
 * 137, without shutdown hooks and without closing anything.
 */
public final class KillPoint {

    private static final String ARMED = System.getProperty("penstock.kill", "");
    private static final String NAME = ARMED.replaceFirst("#\\d+$", "");
    private static final AtomicInteger LEFT = new AtomicInteger(
            NAME.length() == ARMED.length() ? 1 : Integer.parseInt(ARMED.substring(NAME.length() + 1)));

    private KillPoint() {}

    /** Ends the process if it is to die at {@code point}. */
    public static void reach(String point) {
        if (NAME.equals(point) && LEFT.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(137);
        }
    }
}
