package io.penstock.decode;

import io.penstock.error.BadAnswer.UnexpectedContent;

/** Answers that are no document of the kind that was due. */
final class Unusable {

    private Unusable() {}

    static UnexpectedContent markup() {
        return new UnexpectedContent(
                "the API answered HTML or XML where JSON was due: is this a login page, an error page of a"
                        + " proxy, or the address of the website instead of the API?");
    }

    static UnexpectedContent nothing() {
        return new UnexpectedContent(
                "the API answered with an empty body where a JSON document was due: check the address, or"
                        + " ask the API's owner");
    }
}
