package io.penstock.record;

/**
 * A named set of records of one connection.
 *
 * @param connection the connection it is read by
 * @param name the stream's name, unique inside the connection
 */
public record StreamId(ConnectionId connection, String name) {

    /**
     * Judges the name.
     *
     * @throws IllegalArgumentException if it is blank, too long or holds a control character
     */
    public StreamId {
        Names.require("a stream's name", name);
    }

    /** The stream {@code name} of the connection {@code connection}. */
    public static StreamId of(String connection, String name) {
        return new StreamId(new ConnectionId(connection), name);
    }

    /** The slice {@code key} of this stream. */
    public SliceId slice(String key) {
        return new SliceId(this, key);
    }

    @Override
    public String toString() {
        return connection + "/" + name;
    }
}
