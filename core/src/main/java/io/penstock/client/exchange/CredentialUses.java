package io.penstock.client.exchange;

import io.penstock.auth.Authenticator;
import io.penstock.message.Headers;
import io.penstock.message.HttpDates;
import io.penstock.message.ResponsePart.Head;
import io.penstock.observe.CredentialLog;
import io.penstock.observe.CredentialLog.Quota;
import io.penstock.rate.hint.RateHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** Tells a log what an answer says of the credential its request bore. */
final class CredentialUses {

    private final Terms terms;

    CredentialUses(Terms terms) {
        this.terms = terms;
    }

    /**
     * An answer has come.
     *
     * @param sent the wall clock when its request went out
     */
    void tell(CredentialLog log, Head head, Instant sent) {
        Authenticator credential = terms.trust().authenticator();
        if (credential.scheme().equals("none")) {
            return;
        }
        Instant now = terms.means().clock().instant();
        Instant middle = sent.plus(Duration.between(sent, now).dividedBy(2));
        Headers headers = head.headers();
        Optional<Duration> offset = headers.first("Date")
                .flatMap(date -> HttpDates.parse(date, now))
                .map(there -> Duration.between(middle, there));
        log.answered(
                terms.trust().home() + " " + credential.identity(),
                new CredentialLog.Use(
                        terms.trust().home().toString(),
                        credential.scheme(),
                        head.status(),
                        credential.scopes(),
                        credential.scopesAsked(),
                        credential.expires(),
                        quota(headers, now),
                        offset));
    }

    /** The one of which least is left. */
    private Optional<Quota> quota(Headers headers, Instant now) {
        return terms.quotas().headers().read(headers, now).stream()
                .min(Comparator.comparingDouble(
                        hint -> hint.quota() > 0 ? (double) hint.remaining() / hint.quota() : hint.remaining()))
                .map(CredentialUses::quota);
    }

    private static Quota quota(RateHeaders.Hint hint) {
        return new Quota(hint.remaining(), hint.quota(), hint.reset());
    }
}
