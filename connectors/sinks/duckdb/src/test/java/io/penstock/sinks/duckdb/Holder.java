package io.penstock.sinks.duckdb;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/** A process that has a database open until it is ended. */
final class Holder {

    private Holder() {}

    public static void main(String[] arguments) throws SQLException, IOException {
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:" + arguments[0], new Properties())) {
            System.out.println(connection.isClosed() ? "closed" : "open");
            System.in.read();
        }
    }
}
