package io.penstock.message;

/**
 * A whole answer, proven complete.
 *
 * @param status the final status code
 * @param headers what came with it
 * @param body the inflated bytes, empty for none; read only
 * @param requestId the correlation id that was sent as {@code X-Request-ID}
 */
@SuppressWarnings("ArrayRecordComponent") // bodies are handed over, never compared
public record ApiResponse(int status, Headers headers, byte[] body, String requestId) {

    @Override
    public String toString() {
        return status + " with " + body.length + " bytes, request " + requestId;
    }
}
