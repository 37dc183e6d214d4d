package io.penstock.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JwtClaimsTest {

    private static JwtClaims claims(Map<String, Object> all) {
        return new JwtClaims("me", Instant.EPOCH, all);
    }

    @Test
    void eachClaimHasItsType() {
        JwtClaims claims = claims(Map.of(
                "aud",
                List.of("a", "b"),
                "scope",
                "read  write",
                "iat",
                1_767_225_600,
                "nbf",
                new BigDecimal("1767225600.75"),
                "jti",
                "one",
                "admin",
                true,
                "level",
                7L));

        assertThat(claims.audience()).containsExactly("a", "b");
        assertThat(claims.scopes()).containsExactly("read", "write");
        assertThat(claims.issued()).contains(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(claims.notBefore()).contains(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(claims.id()).contains("one");
        assertThat(claims.flag("admin")).contains(true);
        assertThat(claims.number("level")).contains(new BigDecimal(7));
    }

    @Test
    void scopesMayBeAList() {
        assertThat(claims(Map.of("scp", List.of("read", "write"))).scopes()).containsExactly("read", "write");
        assertThat(claims(Map.of("scope", "", "scp", "x")).scopes()).isEmpty();
    }

    @Test
    void aClaimOfAnotherTypeIsNotThere() {
        JwtClaims claims = claims(Map.of("aud", 1, "scope", List.of(1), "iat", "soon", "exp", 1e18, "admin", "true"));

        assertThat(claims.audience()).isEmpty();
        assertThat(claims.scopes()).isEmpty();
        assertThat(claims.issued()).isEmpty();
        assertThat(claims.date("exp")).isEmpty();
        assertThat(claims.flag("admin")).isEmpty();
        assertThat(claims.number("nothing")).isEmpty();
        assertThat(claims.id()).isEmpty();
    }
}
