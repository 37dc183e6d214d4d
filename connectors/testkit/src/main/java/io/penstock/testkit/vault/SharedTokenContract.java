package io.penstock.testkit.vault;

import static io.penstock.testkit.vault.VaultHooks.KEY;
import static io.penstock.testkit.vault.VaultHooks.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.auth.Authenticator;
import io.penstock.error.AccessDenied.ReauthorizationRequired;
import io.penstock.store.Vault;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Of a refresh token that each use replaces, kept in the vault: rows U3 and U4 of the faults. */
public interface SharedTokenContract extends VaultHooks {

    /** Two processes, many requests each: one token call, and one more when the token was refused. */
    @Test
    default void twoProcessesThatShareATokenRenewItOnce() {
        RotatingGrant grant = new RotatingGrant(VaultHooks.unused());
        Authenticator one = grant.opened(here(KEY));
        Authenticator other = grant.opened(there(KEY));

        Flux.range(0, 20)
                .flatMap(number -> grant.token(number % 2 == 0 ? one : other), 20)
                .doOnNext(token -> assertThat(token).isEqualTo("Bearer a1"))
                .blockLast(LIMIT);
        assertThat(grant.calls()).isEqualTo(1);

        Flux.range(0, 20)
                .flatMap(number -> grant.refused(number % 2 == 0 ? one : other, "Bearer a1"), 20)
                .blockLast(LIMIT);
        assertThat(grant.token(one).block(LIMIT)).isEqualTo("Bearer a2");
        assertThat(grant.token(other).block(LIMIT)).isEqualTo("Bearer a2");
        assertThat(grant.calls()).isEqualTo(2);
    }

    /** A process that starts later takes what is kept. */
    @Test
    default void anotherProcessTakesTheTokenThatIsKept() {
        RotatingGrant grant = new RotatingGrant(VaultHooks.unused());
        grant.token(grant.opened(here(KEY))).block(LIMIT);

        assertThat(grant.token(grant.opened(there(KEY))).block(LIMIT)).isEqualTo("Bearer a1");
        assertThat(grant.calls()).isEqualTo(1);
    }

    /** The server has replaced the token and its answer was not kept: the note says so, whoever comes later. */
    @Test
    default void aRotationThatWasInterruptedIsToldByTheNextProcess() {
        RotatingGrant grant = new RotatingGrant(VaultHooks.unused());
        Vault dying = grant.failingAtWrite(here(KEY), 2);
        assertThatThrownBy(() -> grant.token(grant.opened(dying)).block(LIMIT)).hasMessageContaining("died");

        assertThatThrownBy(() -> grant.token(grant.opened(there(KEY))).block(LIMIT))
                .isInstanceOf(ReauthorizationRequired.class)
                .hasMessageContaining("rotation interrupted");
        assertThat(grant.calls()).as("the old token is tried once").isEqualTo(2);
    }

    /** The same with a server that takes the old token again: nothing is lost. */
    @Test
    default void aRotationThatWasInterruptedIsMadeGoodWhereTheServerAllows() {
        RotatingGrant grant = new RotatingGrant(VaultHooks.unused());
        Vault dying = grant.failingAtWrite(here(KEY), 2);
        assertThatThrownBy(() -> grant.token(grant.opened(dying)).block(LIMIT)).hasMessageContaining("died");
        grant.takesAgain("r0");

        assertThat(grant.token(grant.opened(there(KEY))).block(LIMIT)).isEqualTo("Bearer a2");
        assertThat(grant.token(grant.opened(here(KEY))).block(LIMIT)).isEqualTo("Bearer a2");
    }

    /** A process that ends before the note is kept has sent nothing. */
    @Test
    default void nothingIsSentBeforeTheNoteIsKept() {
        RotatingGrant grant = new RotatingGrant(VaultHooks.unused());
        Vault dying = grant.failingAtWrite(here(KEY), 1);
        assertThatThrownBy(() -> grant.token(grant.opened(dying)).block(LIMIT)).hasMessageContaining("died");
        assertThat(grant.calls()).isZero();

        assertThat(grant.token(grant.opened(there(KEY))).block(LIMIT)).isEqualTo("Bearer a1");
    }
}
