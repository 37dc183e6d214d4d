package io.penstock.auth.oauth;

/** On whose behalf, and by what, access is granted. */
public enum Grant {
    /** The client itself (RFC 6749, section 4.4). */
    CLIENT_CREDENTIALS,
    /** A person, by a refresh token that is given (RFC 6749, section 6). */
    REFRESH_TOKEN,
    /** A person, by a browser on this machine (RFC 6749, section 4.1, with RFC 7636 and RFC 8252). */
    AUTHORIZATION_CODE,
    /** A person, by a browser on another device (RFC 8628). */
    DEVICE,
    /** Whom a signed assertion names (RFC 7523, section 2.1). */
    JWT_BEARER;

    /** Whether a refresh token is kept. */
    boolean kept() {
        return this == REFRESH_TOKEN || personal();
    }

    /** Whether a person logs in. */
    boolean personal() {
        return this == AUTHORIZATION_CODE || this == DEVICE;
    }
}
