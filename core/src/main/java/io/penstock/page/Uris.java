package io.penstock.page;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Resolves a reference as RFC 3986, section 5.2 says; the JDK's own follows the older RFC 2396 on queries and dots. */
final class Uris {

    private Uris() {}

    /** The URL that {@code reference} means in an answer from {@code base}, without fragment. */
    static URI resolve(URI base, URI reference) {
        if (reference.getScheme() != null) {
            return compose(
                    reference.getScheme(),
                    reference.isOpaque() ? null : reference.getRawAuthority(),
                    reference.isOpaque() ? reference.getRawSchemeSpecificPart() : withoutDots(reference.getRawPath()),
                    reference.getRawQuery());
        }
        String scheme = base.getScheme();
        if (reference.getRawAuthority() != null) {
            return compose(
                    scheme, reference.getRawAuthority(), withoutDots(reference.getRawPath()), reference.getRawQuery());
        }
        String path = reference.getRawPath();
        if (path.isEmpty()) {
            String query = reference.getRawQuery() == null ? base.getRawQuery() : reference.getRawQuery();
            return compose(scheme, base.getRawAuthority(), base.getRawPath(), query);
        }
        String merged = path.startsWith("/") ? path : folder(base.getRawPath()) + path;
        return compose(scheme, base.getRawAuthority(), withoutDots(merged), reference.getRawQuery());
    }

    private static String folder(String path) {
        return path.isEmpty() ? "/" : path.substring(0, path.lastIndexOf('/') + 1);
    }

    /** Section 5.2.4. */
    private static String withoutDots(String path) {
        Deque<String> kept = new ArrayDeque<>();
        String[] segments = path.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            if (segments[i].equals("..")) {
                if (kept.size() > 1) {
                    kept.removeLast();
                }
            } else if (!segments[i].equals(".")) {
                kept.addLast(segments[i]);
                continue;
            }
            if (last) {
                kept.addLast("");
            }
        }
        return joined(kept);
    }

    private static String joined(Deque<String> segments) {
        StringBuilder text = new StringBuilder();
        for (Iterator<String> rest = segments.iterator(); rest.hasNext(); ) {
            text.append(rest.next()).append(rest.hasNext() ? "/" : "");
        }
        return text.toString();
    }

    private static URI compose(String scheme, @Nullable String authority, String path, @Nullable String query) {
        StringBuilder text = new StringBuilder(scheme).append(':');
        if (authority != null) {
            text.append("//").append(authority);
        }
        text.append(path);
        if (query != null) {
            text.append('?').append(query);
        }
        return URI.create(text.toString());
    }
}
