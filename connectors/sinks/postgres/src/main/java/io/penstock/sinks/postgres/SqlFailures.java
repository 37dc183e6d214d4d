package io.penstock.sinks.postgres;

import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.AccessDenied.TlsError;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.DataRejected.RecordRejected;
import io.penstock.error.DataRejected.SchemaViolation;
import io.penstock.error.PenstockException;
import io.penstock.error.SinkFailure.SinkFull;
import io.penstock.error.SinkFailure.SinkPermanent;
import io.penstock.error.SinkFailure.SinkTransient;
import io.penstock.error.StateFailure.SinkRegressed;
import io.penstock.sink.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** The one table from what PostgreSQL says (its SQLSTATE) to what is done next. No value of a record gets into a message. */
final class SqlFailures {

    private SqlFailures() {}

    static PenstockException sorted(Server server, Throwable failure) {
        if (failure instanceof SQLException sql) {
            return sorted(server, sql);
        }
        Throwable cause =
                failure instanceof UncheckedIOException wrapped ? Objects.requireNonNull(wrapped.getCause()) : failure;
        return cause instanceof IOException io
                ? PrivateFiles.failure("keeping lines for " + server.address(), io)
                : new SinkPermanent("writing to " + server.address() + " failed: " + cause, cause);
    }

    private static PenstockException sorted(Server server, SQLException failure) {
        String at = server.address().toString();
        String words = words(failure);
        if (isTls(failure)) {
            return tls(server, words, failure);
        }
        return switch (state(failure)) {
            case "28P01", "28000", "08004" ->
                new AuthError(
                        "the server " + at + " refuses the user " + server.user() + " (" + words
                                + "): correct user and password, or the server's pg_hba.conf",
                        failure);
            case "42501" ->
                new AuthError(
                        "the user " + server.user() + " may not do what is needed in " + at + " (" + words
                                + "): GRANT USAGE, CREATE ON the schema, and ownership of the tables, to it",
                        failure);
            case "3D000" ->
                new ConfigError(
                        "there is no database " + server.address().database() + " at " + at
                                + ": create it, or correct the name",
                        failure);
            case "25006" ->
                new ConfigError("the server " + at + " takes no writes (" + words + "): name the primary", failure);
            case "53100" ->
                new SinkFull(
                        "no room left on the disk of the server " + at
                                + "; what was committed before stands: free some space and run again",
                        failure);
            case "42P01", "3F000" ->
                new SinkRegressed(
                        "a table of ours in " + at + " was dropped while this run was writing (" + words
                                + "): restore it, or reset the stream's state to read everything again",
                        failure);
            case "54011" ->
                new SchemaViolation(
                        "a table of PostgreSQL has at most 1600 columns, those that were dropped included (" + words
                                + "): select fewer fields",
                        failure);
            default -> byClass(server, at, words, failure);
        };
    }

    /** The user lacks a right. */
    static AuthError forbidden(Server server, String right) {
        return new AuthError("the user " + server.user() + " may not " + right + " of " + server.address()
                + ": GRANT it that, or choose another schema");
    }

    private static PenstockException byClass(Server server, String at, String words, SQLException failure) {
        return switch (state(failure).substring(0, 2)) {
            case "22", "54" ->
                new RecordRejected(
                        "a record does not fit into its row in " + at + " (SQLSTATE " + state(failure) + where(failure)
                                + "): nothing of the commit was written; correct the schema of the stream or the data",
                        failure);
            case "23" ->
                new SinkPermanent(
                        "a rule that is not ours refuses a row in " + at + " (" + constraint(failure)
                                + "): drop that rule, or write to another schema",
                        failure);
            case "42", "2B", "0A" ->
                new SinkPermanent(
                        "a table in " + at + " was changed by somebody else, or others depend on it (" + words
                                + "): change it back, or drop what depends on it",
                        failure);
            case "08", "40", "53", "55", "57", "58", "25" -> passing(server, at, words, failure);
            default -> new SinkPermanent("PostgreSQL refused a statement at " + at + ": " + words, failure);
        };
    }

    private static PenstockException passing(Server server, String at, String words, SQLException failure) {
        if (has(failure, UnknownHostException.class)) {
            return new ConfigError(
                    "the host " + server.address().host() + " is not known: correct the host in url", failure);
        }
        String mending = switch (state(failure)) {
            case "08001" -> "see that the server runs and that host and port are right";
            case "53300" ->
                "the server has too many connections: end some, or let the server take more by its max_connections";
            case "55P03" -> "somebody holds a lock on the table: end that, or raise lock_timeout";
            case "57014" -> "it took too long: raise statement_timeout";
            default -> "run again when the server is well";
        };
        return new SinkTransient("PostgreSQL at " + at + " could not do it now (" + words + "): " + mending, failure);
    }

    private static TlsError tls(Server server, String words, SQLException failure) {
        return new TlsError(
                "the server " + server.address() + " could not prove who it is, or does not speak TLS (" + words
                        + "): name the file of its root certificate as sslrootcert, or, on a network that you trust,"
                        + " write sslmode: disable",
                failure);
    }

    private static boolean isTls(SQLException failure) {
        return has(failure, SSLException.class)
                || has(failure, GeneralSecurityException.class)
                || (state(failure).startsWith("08")
                        && words(failure).toLowerCase(Locale.ROOT).matches(".*(\\bssl\\b|could not be verified).*"));
    }

    private static boolean has(Throwable failure, Class<?> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static String state(SQLException failure) {
        String state = failure.getSQLState();
        return state == null || state.length() != 5 ? "?????" : state;
    }

    /** The server's first sentence, in which no value stands but where the class of the failure is that of bad values. */
    private static String words(SQLException failure) {
        ServerErrorMessage said = said(failure);
        String words = said == null ? failure.getMessage() : said.getMessage();
        return String.valueOf(words).lines().findFirst().orElse("") + ", SQLSTATE " + failure.getSQLState();
    }

    private static @Nullable ServerErrorMessage said(SQLException failure) {
        return failure instanceof PSQLException own ? own.getServerErrorMessage() : null;
    }

    private static String constraint(SQLException failure) {
        ServerErrorMessage said = said(failure);
        String name = said == null ? null : said.getConstraint() == null ? said.getColumn() : said.getConstraint();
        return (name == null ? "" : name + ", ") + "SQLSTATE " + state(failure);
    }

    /** Line and column as COPY tells them, without the value. */
    private static String where(SQLException failure) {
        ServerErrorMessage said = said(failure);
        String where = said == null ? null : said.getWhere();
        return where == null || !where.startsWith("COPY ")
                ? ""
                : ", " + where.lines().findFirst().orElse("").replaceFirst("(line \\d+(, column [^:]*)?).*", "$1");
    }

    /** Whether the connection is of no use any more. */
    static boolean isDisconnect(SQLException failure) {
        String state = state(failure);
        return state.startsWith("08")
                || state.startsWith("57P")
                || state.equals("25P03")
                || has(failure, IOException.class);
    }

    /** Whether a lock was not to be had in time. */
    static boolean isLockTimeout(SQLException failure) {
        return state(failure).equals("55P03");
    }

    /** Whether rows repeat what must be unique. */
    static boolean isDuplicate(SQLException failure) {
        return state(failure).equals("23505");
    }
}
