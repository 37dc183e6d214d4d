package io.penstock.auth.broker;

import io.penstock.config.Secret;
import io.penstock.message.ApiRequest;
import java.util.List;

/** An access token in use, as it stands in a request (RFC 6750, section 2.1). Immutable. */
final class Token {

    static final String HEADER = "Authorization";

    private final String header;
    private final Validity validity;
    private final List<String> scopes;

    Token(Secret accessToken, Validity validity, List<String> scopes) {
        this.header = accessToken.reveal(text -> "Bearer " + text);
        this.validity = validity;
        this.scopes = scopes;
    }

    Validity validity() {
        return validity;
    }

    /** What it is good for, as far as known. */
    List<String> scopes() {
        return scopes;
    }

    ApiRequest on(ApiRequest request) {
        return request.header(HEADER, header);
    }

    /** Whether {@code request} was sent with this token. */
    boolean isOn(ApiRequest request) {
        return request.headers().first(HEADER).filter(header::equals).isPresent();
    }

    /** Whether it is the same token, whatever its validity. */
    boolean same(Token other) {
        return header.equals(other.header);
    }

    @Override
    public String toString() {
        return "an access token";
    }
}
