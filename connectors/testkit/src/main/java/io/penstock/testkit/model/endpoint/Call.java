package io.penstock.testkit.model.endpoint;

import io.penstock.testkit.model.record.Bytes;
import io.penstock.testkit.model.record.Draw;
import org.jspecify.annotations.Nullable;

/**
 * One request as endpoints see it.
 *
 * @param method the method
 * @param path the path, as sent
 * @param query the parameters
 * @param origin scheme and host of this server as the client named them, for links
 * @param revision the revision current when the request came
 * @param body the body; empty where there is none
 */
public record Call(String method, String path, Query query, String origin, int revision, Bytes body) {

    /** Reads the line of a request. */
    public static Call of(String method, String uri, @Nullable String host, int revision) {
        int mark = uri.indexOf('?');
        String path = mark < 0 ? uri : uri.substring(0, mark);
        Query query = new Query(mark < 0 ? "" : uri.substring(mark + 1));
        return new Call(method, path, query, "http://" + host, revision, new Bytes(0));
    }

    /** This call with its body. */
    public Call with(Bytes body) {
        return new Call(method, path, query, origin, revision, body);
    }

    /** Whether it changes nothing. */
    public boolean reads() {
        return method.equals("GET") || method.equals("POST");
    }

    /** A number that stands for what is asked for, the same for every repetition and on every port. */
    public long fingerprint(String uri) {
        long hash = Draw.mix(method.hashCode());
        for (int at = 0; at < uri.length(); at++) {
            hash = (hash * 0x100000001B3L) ^ uri.charAt(at);
        }
        for (int at = 0; at < body.length(); at++) {
            hash = (hash * 0x100000001B3L) ^ body.array()[at];
        }
        return Draw.mix(hash);
    }
}
