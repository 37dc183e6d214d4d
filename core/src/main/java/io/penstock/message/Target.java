package io.penstock.message;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A URL that was judged, and the origin that was found in it.
 *
 * <p>Another query is put in by text alone, and a {@link URI} is made of it only if somebody asks: a walk through many pages
 * differs in nothing else. Immutable but for that.
 */
final class Target {

    private static final int LONGEST = 16 * 1024;

    private final Origin origin;
    private final String text;
    private @Nullable URI url;

    private Target(Origin origin, String text, @Nullable URI url) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("a URL holds at most 16 KiB, but this one has " + text.length()
                    + " characters: send long filters in a body");
        }
        this.origin = origin;
        this.text = text;
        this.url = url;
    }

    /**
     * Judges a URL; characters beyond ASCII are percent-encoded.
     *
     * @throws IllegalArgumentException if it has no {@link Origin} or is longer than 16 KiB
     */
    static Target of(URI url) {
        URI ascii = ascii(url);
        return new Target(Origin.of(url), ascii.toString(), ascii);
    }

    private static URI ascii(URI url) {
        String text = url.toString();
        if (text.chars().allMatch(c -> c < 0x80)) {
            return url;
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("a URL must not hold half a character (a lone surrogate)");
        }
        return URI.create(url.toASCIIString());
    }

    /** The same place with another query; {@code other} is this text but for that. */
    Target with(String other) {
        return new Target(origin, other, null);
    }

    Origin origin() {
        return origin;
    }

    /** All of it. */
    String text() {
        return text;
    }

    URI url() {
        URI known = url;
        if (known == null) {
            known = URI.create(text); // whoever comes at the same time makes an equal one
            url = known;
        }
        return known;
    }
}
