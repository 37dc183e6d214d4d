package io.penstock.stores.postgres;

import io.penstock.config.Secret;
import io.penstock.store.Locks;
import io.penstock.store.Vault;
import io.penstock.store.VaultServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import reactor.core.scheduler.Scheduler;

/**
 * A {@link Vault} in PostgreSQL, version 12 or newer, for processes on several machines that share credentials. It speaks to the server
 * itself, or to a pooler that keeps sessions apart: turns are advisory locks of a session.
 *
 * <p>The table is made with the first entry, if it is not there: {@code name text PRIMARY KEY, revision bigint NOT NULL, content bytea
 * NOT NULL, changed_at timestamptz NOT NULL DEFAULT now()}. Safe for concurrent use; connects with the first use.
 */
public final class PostgresVault implements VaultServer {

    /** Where entries are kept unless another table is named. */
    static final String TABLE = "penstock_credentials";

    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final Pattern URL =
            Pattern.compile("postgresql://[A-Za-z0-9.\\-]+(:[0-9]{1,5})?/[A-Za-z0-9_.\\-]{1,63}");
    private static final Pattern NAME = Pattern.compile("([a-z_][a-z0-9_]{0,62}\\.)?[a-z_][a-z0-9_]{0,62}");

    private final Database database;
    private final String table;
    private final Scheduler timer;

    private PostgresVault(Builder from) {
        this.table = from.table;
        this.timer = from.timer;
        String jdbc = "jdbc:" + from.url + (from.tls ? "?sslmode=verify-full" + authority(from) : "?sslmode=disable");
        this.database = new Database(jdbc, from.user, from.password);
    }

    /** Without authorities of its own, those that Java trusts count. */
    private static String authority(Builder from) {
        return from.authority
                .map(file -> "&sslrootcert=" + URLEncoder.encode(file, StandardCharsets.UTF_8))
                .orElse("&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory");
    }

    /**
     * Begins a vault in one database.
     *
     * @param url {@code postgresql://host:5432/database}, without user and password
     * @param user who logs in
     * @param timer for waits
     */
    public static Builder at(String url, String user, Scheduler timer) {
        return new Builder(url, user, timer);
    }

    @Override
    public Vault vault(Secret key) {
        return Vault.encrypted(
                new PostgresEntries(database, table),
                Locks.polled(name -> new AdvisoryTurn(database, name), BETWEEN, database.thread(), timer),
                key,
                "PostgreSQL");
    }

    @Override
    public void close() {
        database.close();
    }

    @Override
    public String toString() {
        return "a vault in PostgreSQL";
    }

    /** Gathers how the server is reached; setters only store, {@link #build} judges. For one thread. */
    public static final class Builder {

        private final String url;
        private final String user;
        private final Scheduler timer;
        private Optional<Secret> password = Optional.empty();
        private Optional<String> authority = Optional.empty();
        private boolean tls = true;
        private String table = TABLE;

        private Builder(String url, String user, Scheduler timer) {
            this.url = url;
            this.user = user;
            this.timer = timer;
        }

        /** The user's password; read again once when the server refuses it. */
        public Builder password(Secret word) {
            password = Optional.of(word);
            return this;
        }

        /** A PEM file of the authorities to trust; default those that Java trusts. */
        public Builder authority(String file) {
            authority = Optional.of(file);
            return this;
        }

        /** Speaks without TLS, to a server on this machine; default with it, the server's name verified. */
        public Builder withoutTls() {
            tls = false;
            return this;
        }

        /** Where entries are kept, such as {@code vault.tokens}; default {@value PostgresVault#TABLE}. */
        public Builder table(String name) {
            table = name;
            return this;
        }

        /**
         * Judges everything together; connects to nothing.
         *
         * @throws IllegalArgumentException if the URL or the table's name is unfit
         */
        public PostgresVault build() {
            if (!URL.matcher(url).matches()) {
                throw new IllegalArgumentException(
                        "expected a URL such as postgresql://db.example.com:5432/penstock, without user, password and parameters");
            }
            if (!NAME.matcher(table).matches()) {
                throw new IllegalArgumentException("expected a table of lower case letters, digits and _, such as "
                        + TABLE + " or vault.tokens, found '" + table + "'");
            }
            return new PostgresVault(this);
        }
    }
}
