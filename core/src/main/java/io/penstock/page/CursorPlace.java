package io.penstock.page;

import io.penstock.message.ApiRequest;
import io.penstock.record.Pointer;

/** Where in a request a cursor goes. */
@FunctionalInterface
interface CursorPlace {

    /** The request with the cursor. */
    ApiRequest put(ApiRequest request, String cursor);

    static CursorPlace query(String param) {
        return (request, cursor) -> request.query(param, cursor);
    }

    static CursorPlace body(Pointer pointer) {
        if (pointer.depth() == 0) {
            throw new IllegalArgumentException("the cursor needs a field of the body, such as /variables/after");
        }
        return (request, cursor) -> JsonBody.with(request, pointer, cursor);
    }
}
