package io.penstock.testkit.model.endpoint;

import java.util.Map;

/** A request that is answered with an error. Has no stack trace: it is an answer, not a bug. */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String allowed;

    /**
     * An error answer.
     *
     * @param status the status code
     * @param code what programs tell it by
     * @param message what people read
     */
    public Problem(int status, String code, String message) {
        this(status, code, message, "");
    }

    private Problem(int status, String code, String message, String allowed) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.allowed = allowed;
    }

    static Problem badRequest(String code, String message) {
        return new Problem(400, code, message);
    }

    /** There is nothing at a path. */
    public static Problem notFound(String path) {
        return new Problem(
                404,
                "not_found",
                "nothing at " + path + "; see /health, /schema/{stream}, /v1/{stream}, "
                        + "/graphql, /_truth and /_stats");
    }

    /** There is something, but not for that method. */
    public static Problem wrongMethod(String method, String path, String allowed) {
        return new Problem(405, "method_not_allowed", path + " takes " + allowed + ", not " + method, allowed);
    }

    /** The answer. */
    public Reply reply() {
        String message = String.valueOf(getMessage());
        Reply reply = Reply.json(status, Map.of("error", Map.of("code", code, "message", message)));
        return allowed.isEmpty() ? reply : reply.with("Allow", allowed);
    }
}
