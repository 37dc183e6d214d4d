package io.penstock.record;

/**
 * The name of one source configured for one sink.
 *
 * @param name 1 to 512 printable characters
 */
public record ConnectionId(String name) {

    /**
     * Judges the name.
     *
     * @throws IllegalArgumentException if it is blank, too long or holds a control character
     */
    public ConnectionId {
        Names.require("a connection's name", name);
    }

    @Override
    public String toString() {
        return name;
    }
}
