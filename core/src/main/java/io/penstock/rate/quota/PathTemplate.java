package io.penstock.rate.quota;

import java.util.List;

/**
 * A path with places for what differs: {@code /repos/{owner}/{repo}/issues}, {@code /search/**}.
 *
 * <p>{@code {name}} and {@code *} stand for one segment, a last {@code **} for any number of them, none included. Segments are
 * compared as they are sent, percent-encoded; letter case counts; a slash at the end does not.
 */
public final class PathTemplate {

    private final String written;
    private final List<String> segments;
    private final boolean open;

    private PathTemplate(String written, List<String> segments, boolean open) {
        this.written = written;
        this.segments = segments;
        this.open = open;
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException saying how templates are written
     */
    public static PathTemplate parse(String text) {
        if (!text.startsWith("/") || text.contains("?") || text.contains("#")) {
            throw wrong(text);
        }
        List<String> all = segments(text);
        boolean open = !all.isEmpty() && all.get(all.size() - 1).equals("**");
        List<String> fixed = open ? all.subList(0, all.size() - 1) : all;
        for (String segment : fixed) {
            boolean opens = segment.startsWith("{");
            if (segment.contains("**") || opens != segment.endsWith("}") || (opens && segment.length() < 3)) {
                throw wrong(text);
            }
        }
        return new PathTemplate(text, fixed, open);
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(
                "expected a path such as /repos/{owner}/issues, or /search/** for all below, found '" + text + "'");
    }

    private static List<String> segments(String path) {
        String inner = path.substring(1, path.length() > 1 && path.endsWith("/") ? path.length() - 1 : path.length());
        return inner.isEmpty() ? List.of() : List.of(inner.split("/", -1));
    }

    /** Whether {@code path}, beginning with a slash, is one of these. */
    public boolean matches(String path) {
        if (!path.startsWith("/")) {
            return segments.isEmpty() && path.isEmpty();
        }
        List<String> found = segments(path);
        if (open ? found.size() < segments.size() : found.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            String wanted = segments.get(i);
            if (!wanted.startsWith("{") && !wanted.equals("*") && !wanted.equals(found.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** As it was written. */
    @Override
    public String toString() {
        return written;
    }
}
