package io.penstock.stores.postgres;

import io.penstock.store.Turn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** An advisory lock of a session: it ends with its connection, and so with its process. */
final class AdvisoryTurn implements Turn {

    /** Tells our locks from those of others in the same database. */
    private static final int FAMILY = 0x70656e73;

    private final Database database;
    private final String name;
    private @Nullable Connection session;
    private boolean over;

    AdvisoryTurn(Database database, String name) {
        this.database = database;
        this.name = name;
    }

    @Override
    public synchronized boolean take() {
        if (over) {
            return false;
        }
        try {
            Connection open = session;
            if (open == null) {
                open = database.connect();
                session = open;
                database.remember(this);
            }
            return taken(open);
        } catch (SQLException failure) {
            close();
            throw Database.failed("taking turns for " + name, failure);
        }
    }

    private boolean taken(Connection open) throws SQLException {
        try (PreparedStatement lock = open.prepareStatement("SELECT pg_try_advisory_lock(?, hashtext(?))")) {
            lock.setInt(1, FAMILY);
            lock.setString(2, name);
            try (ResultSet row = lock.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    @Override
    public synchronized void giveUp() {
        over = true;
        close();
    }

    private void close() {
        Connection open = session;
        session = null;
        database.forget(this);
        if (open != null) {
            try {
                open.close();
            } catch (SQLException gone) {
                return; // the lock is gone with it
            }
        }
    }
}
