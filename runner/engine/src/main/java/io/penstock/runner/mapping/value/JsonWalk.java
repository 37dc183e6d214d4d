package io.penstock.runner.mapping.value;

/** Finds where values end, in JSON that has been validated. */
final class JsonWalk {

    private JsonWalk() {}

    static int skipBlank(byte[] bytes, int at) {
        int i = at;
        while (bytes[i] == ' ' || bytes[i] == '\t') {
            i++;
        }
        return i;
    }

    /** Behind the value that starts at {@code at} and lies before {@code limit}. */
    static int endOfValue(byte[] bytes, int at, int limit) {
        return switch (bytes[at]) {
            case '"' -> endOfText(bytes, at);
            case '{', '[' -> endOfNest(bytes, at);
            default -> endOfScalar(bytes, at, limit);
        };
    }

    /** Behind the string that starts at {@code at}. */
    static int endOfText(byte[] bytes, int at) {
        int i = at + 1;
        while (bytes[i] != '"') {
            i += bytes[i] == '\\' ? 2 : 1;
        }
        return i + 1;
    }

    private static int endOfNest(byte[] bytes, int at) {
        int depth = 0;
        int i = at;
        do {
            byte b = bytes[i];
            if (b == '"') {
                i = endOfText(bytes, i) - 1;
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                depth--;
            }
            i++;
        } while (depth > 0);
        return i;
    }

    private static int endOfScalar(byte[] bytes, int at, int limit) {
        int i = at;
        while (i < limit && ",}] \t".indexOf(bytes[i]) < 0) {
            i++;
        }
        return i;
    }
}
