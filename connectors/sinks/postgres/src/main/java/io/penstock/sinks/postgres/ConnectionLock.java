package io.penstock.sinks.postgres;

import io.penstock.error.StateFailure.StateConflict;
import io.penstock.record.ConnectionId;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Keeps other runs away from the connections of this one: advisory locks of a session that does nothing else.
 *
 * <p>The server gives them back when the session ends, however that happens. They only avoid waste; what protects the data is the
 * epoch. Confined to the writer thread.
 */
final class ConnectionLock implements AutoCloseable {

    /** A session whose process was killed just now is still there for a moment. */
    private static final String GRACE = "SET lock_timeout = 3000";

    private final Session session;
    private final Server server;
    private final String schema;
    private final Set<ConnectionId> held = new LinkedHashSet<>();

    ConnectionLock(Server server, String schema) {
        this.session = new Session(server::connect);
        this.server = server;
        this.schema = schema;
    }

    /**
     * Takes {@code connection}.
     *
     * @throws StateConflict if another run has it
     */
    void take(ConnectionId connection) throws SQLException {
        if (held.contains(connection)) {
            throw refused(connection);
        }
        lock(connection);
        held.add(connection);
    }

    private void lock(ConnectionId connection) throws SQLException {
        session.execute(GRACE);
        try {
            session.query("SELECT pg_advisory_lock(?)", row -> 1, key(connection));
        } catch (SQLException failure) {
            if (SqlFailures.isLockTimeout(failure)) {
                throw refused(connection);
            }
            throw failure;
        }
    }

    private StateConflict refused(ConnectionId connection) {
        return new StateConflict("the connection " + connection + " is already being written to the schema " + schema
                + " of " + server.address()
                + ": wait for the end of that run, or choose another schema or database");
    }

    private long key(ConnectionId connection) {
        return ByteBuffer.wrap(Sql.digest("penstock\0" + schema + "\0" + connection.name()))
                .getLong();
    }

    /** Takes everything again if the session has ended, as after a restart of the server. */
    void renew() throws SQLException {
        if (!held.isEmpty() && !session.isAlive()) {
            session.close();
            for (ConnectionId connection : held) {
                lock(connection);
            }
        }
    }

    /** Lets others take {@code connection}. */
    void giveBack(ConnectionId connection) {
        held.remove(connection);
        try {
            session.query("SELECT pg_advisory_unlock(?)", row -> 1, key(connection));
        } catch (SQLException gone) {
            session.close(); // and the lock with it
        }
    }

    @Override
    public void close() {
        if (!held.isEmpty()) {
            try {
                session.execute("SELECT pg_advisory_unlock_all()");
            } catch (SQLException gone) {
                held.clear(); // and the locks with it
            }
        }
        session.close();
    }
}
