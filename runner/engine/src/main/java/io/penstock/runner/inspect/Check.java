package io.penstock.runner.inspect;

import io.penstock.observe.CredentialLog;
import io.penstock.record.ConnectionId;
import io.penstock.runner.summary.Failure;
import java.util.List;
import java.util.Optional;

/**
 * Whether one end of a connection works.
 *
 * @param connection whose end it is
 * @param end which one
 * @param connector what the plan calls the plug-in
 * @param failure why it does not work; empty if it does
 * @param credentials how a source's server took each credential
 */
public record Check(
        ConnectionId connection,
        End end,
        String connector,
        Optional<Failure> failure,
        List<CredentialLog.Use> credentials) {

    /** Copies the list. */
    public Check {
        credentials = List.copyOf(credentials);
    }

    /** The ends of a connection. */
    public enum End {
        /** Where it is read. */
        SOURCE,
        /** Where it is written. */
        SINK
    }

    /** Whether it works. */
    public boolean good() {
        return failure.isEmpty();
    }
}
