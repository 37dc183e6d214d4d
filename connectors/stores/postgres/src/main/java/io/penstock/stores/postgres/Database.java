package io.penstock.stores.postgres;

import io.penstock.config.Secret;
import io.penstock.error.StateFailure.StateCorrupt;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.ds.PGSimpleDataSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * One connection for each call: credentials are read and stored once an hour, not once a request. Safe for concurrent use.
 *
 * <p>Blocking calls run on at most {@value #THREADS} threads of their own; {@value #QUEUED} may wait for them.
 */
final class Database implements AutoCloseable {

    /** SQLSTATE of a table that is not there. */
    static final String NO_TABLE = "42P01";

    private static final String WRONG_PASSWORD = "28P01";
    private static final int THREADS = 4;
    private static final int QUEUED = 1000;
    private static final int IDLE_SECONDS = 10;
    private static final int CONNECT_SECONDS = 10;
    private static final int ANSWER_SECONDS = 30;

    private final String url;
    private final String user;
    private final Optional<Secret> password;
    private final Scheduler thread =
            Schedulers.newBoundedElastic(THREADS, QUEUED, "penstock-vault-postgres", IDLE_SECONDS, true);
    private final Set<AdvisoryTurn> turns = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param url for JDBC, without a password */
    Database(String url, String user, Optional<Secret> password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /** What is done with a connection; blocks. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    Scheduler thread() {
        return thread;
    }

    /** A new connection, which the caller closes; blocks. */
    Connection connect() throws SQLException {
        if (closed) {
            throw new SQLException("the vault is closed", "57P01");
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(ANSWER_SECONDS);
        source.setTcpKeepAlive(true);
        source.setLogServerErrorDetail(false); // details quote values
        source.setApplicationName("penstock");
        password.ifPresent(secret -> source.setPassword(secret.reveal(text -> text)));
        return source.getConnection();
    }

    /**
     * Does {@code work} on a connection of its own; a password that was refused is read again once.
     *
     * @param doing what is done, for errors
     */
    <T> Mono<T> call(String doing, Work<T> work) {
        Mono<T> once = Mono.fromCallable(() -> {
                    try (Connection connection = connect()) {
                        return work.on(connection);
                    }
                })
                .subscribeOn(thread);
        return Mono.defer(() -> {
                    String used = password.map(Secret::fingerprint).orElse("");
                    return once.onErrorResume(
                            SQLException.class,
                            failure -> WRONG_PASSWORD.equals(failure.getSQLState()) && password.isPresent()
                                    ? password.get()
                                            .changedSince(used)
                                            .flatMap(changed -> changed ? once : Mono.<T>error(failure))
                                    : Mono.error(failure));
                })
                .onErrorMap(SQLException.class, failure -> failed(doing, failure));
    }

    /** What mends it, by the SQLSTATE; the driver's words name hosts and users, never a password. */
    static StateCorrupt failed(String doing, SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        String mend = state.startsWith("08")
                ? "check that the server can be reached, and tls"
                : state.startsWith("28")
                        ? "check user and password"
                        : state.equals("42501")
                                ? "grant the user SELECT, INSERT and UPDATE on the table"
                                : "check the server's log";
        return new StateCorrupt(doing + " in PostgreSQL failed (" + state + "): " + mend, failure);
    }

    /** Keeps {@code turn} until it is forgotten; when all is closed, so is its session. */
    void remember(AdvisoryTurn turn) {
        turns.add(turn);
    }

    void forget(AdvisoryTurn turn) {
        turns.remove(turn);
    }

    @Override
    public void close() {
        closed = true;
        thread.dispose();
        Schedulers.boundedElastic().schedule(() -> turns.forEach(AdvisoryTurn::giveUp));
    }
}
