package io.penstock.testkit.model.hostile;

import io.penstock.testkit.model.endpoint.Call;
import io.penstock.testkit.model.endpoint.Reply;
import io.penstock.testkit.model.record.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.function.UnaryOperator;

/**
 * One answer that is about to be sent.
 *
 * @param stream whose page it is
 * @param call what was asked
 * @param uri the request's target as sent
 * @param reply the good answer
 * @param first the first good answer of the stream
 * @param hit how many answers of the stream suffer, this one included
 */
public record Moment(String stream, Call call, String uri, Reply reply, Reply first, int hit) {

    /** The good answer. */
    public Played asItIs() {
        return new Played.Whole(reply);
    }

    /** The good answer's body. */
    byte[] body() {
        return reply.body().copy();
    }

    /** The good answer with its text changed. */
    Played rewritten(UnaryOperator<String> change) {
        String text = new String(body(), StandardCharsets.UTF_8);
        String changed = change.apply(text);
        return changed.equals(text) ? asItIs() : new Played.Whole(with(reply, changed));
    }

    /** {@code reply} with another text as its body. */
    static Reply with(Reply reply, String text) {
        return with(reply, text.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code reply} with another body. */
    static Reply with(Reply reply, byte[] body) {
        Bytes bytes = new Bytes(body.length).raw(body);
        return new Reply(reply.status(), reply.type(), bytes, new LinkedHashMap<>(reply.headers()));
    }

    /** The good answer with one more header. */
    Played with(String name, String value) {
        return new Played.Whole(with(reply, body()).with(name, value));
    }
}
