package io.penstock.runner.secrets;

import io.penstock.config.SecretFile;
import io.penstock.error.BadConfig.ConfigError;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The variables of a {@code .env} file.
 *
 * <p>A line is {@code NAME=value}, or {@code export NAME=value}; empty lines and lines that begin with {@code #} say nothing. A value
 * without quotes ends at the line's end or before a {@code #} with a space before it, and loses the spaces around it. Between single
 * quotes everything stands for itself. Between double quotes {@code \n}, {@code \r}, {@code \t}, {@code \"}, {@code \\} and {@code \$} are
 * escapes. Quoted values may span lines. Nothing is expanded: a dollar sign is a dollar sign. A name given twice is an error.
 */
final class DotEnv {

    /**
     * One variable.
     *
     * @param value its text
     * @param line where it stands, from 1 on
     */
    record Entry(String value, int line) {}

    private static final long LARGEST = 256 * 1024;
    private static final Pattern NAME =
            Pattern.compile("[ \\t]*(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \\t]*=[ \\t]*");

    private final String file;
    private final String text;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private int at;
    private int line = 1;

    private DotEnv(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /**
     * Reads {@code file}, which is called by its name in messages. Blocks.
     *
     * @throws ConfigError at the first line that is none of the above, naming the line and never a value
     */
    static Map<String, Entry> read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new ConfigError(file + " is larger than 256 KiB: is it a file of variables?");
            }
            return parse(String.valueOf(file.getFileName()), Files.readString(file));
        } catch (CharacterCodingException broken) {
            throw new ConfigError(file + " is not UTF-8: save it as UTF-8", broken);
        } catch (IOException unreadable) {
            throw new ConfigError(file + " cannot be read: mend its rights or take it away", unreadable);
        }
    }

    /** Whether every user of the machine may read {@code file}. */
    static boolean open(Path file) {
        try {
            return SecretFile.open(file);
        } catch (IOException unknown) {
            return false;
        }
    }

    /** Reads {@code text} as if it were a file called {@code file}. */
    static Map<String, Entry> parse(String file, String text) {
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        DotEnv reader = new DotEnv(file, plain.replace("\r\n", "\n"));
        while (reader.at < reader.text.length()) {
            reader.line();
        }
        return reader.entries;
    }

    private void line() {
        int end = lineEnd();
        String whole = text.substring(at, end).strip();
        if (whole.isEmpty() || whole.startsWith("#")) {
            next(end);
            return;
        }
        Matcher name = NAME.matcher(text).region(at, end);
        if (!name.lookingAt()) {
            throw wrong(line, "expected NAME=value, a comment (#) or an empty line");
        }
        int begun = line;
        at = name.end();
        Entry before = entries.put(name.group(1), new Entry(value(begun), begun));
        if (before != null) {
            throw wrong(begun, name.group(1) + " is given twice, first in line " + before.line() + ": keep one");
        }
    }

    private String value(int begun) {
        char first = at < text.length() ? text.charAt(at) : '\n';
        if (first == '\'' || first == '"') {
            String value = quoted(first, begun);
            String rest = text.substring(at, lineEnd()).strip();
            if (!rest.isEmpty() && !rest.startsWith("#")) {
                throw wrong(line, "expected the end of the line or a comment after the closing quote");
            }
            next(lineEnd());
            return value;
        }
        String bare = text.substring(at, lineEnd());
        next(lineEnd());
        Matcher comment = Pattern.compile("(^|[ \\t])#").matcher(bare);
        return (comment.find() ? bare.substring(0, comment.start()) : bare).strip();
    }

    private String quoted(char quote, int begun) {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == quote) {
                at++;
                return value.toString();
            }
            if (c == '\\' && quote == '"' && at + 1 < text.length()) {
                c = escaped(text.charAt(++at));
            } else if (c == '\n') {
                line++;
            }
            value.append(c);
        }
        throw wrong(begun, "the quote that begins here is never closed: add " + quote);
    }

    private char escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '"', '\\', '$' -> c;
            default ->
                throw wrong(
                        line,
                        "\\" + (c < ' ' ? "" : c) + " is no escape: write \\\\ for a backslash, or use single quotes");
        };
    }

    private int lineEnd() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private void next(int end) {
        at = Math.min(end + 1, text.length());
        line++;
    }

    private ConfigError wrong(int where, String problem) {
        return new ConfigError(file + ":" + where + " " + problem);
    }
}
