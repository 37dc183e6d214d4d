package io.penstock.http.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.AccessDenied.BlockedDestination;
import io.penstock.message.ApiRequest;
import io.penstock.message.Method;
import io.penstock.message.Origin;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationsTest {

    private static Origin origin(String url) {
        return Origin.of(URI.create(url));
    }

    private final Destinations destinations = Destinations.of(
            Set.of(origin("http://10.0.0.7:8080"), origin("https://api.example.com")),
            Outbound.builder()
                    .allow(origin("https://files.example.com"))
                    .allow(origin("http://plain.example.com"))
                    .allow(origin("https://10.0.0.8"))
                    .allow(origin("https://[fd00::8]"))
                    .allow(origin("https://localhost:8443"))
                    .build());

    private static ApiRequest derived(String url) {
        return ApiRequest.of(Method.GET, URI.create(url)).derived();
    }

    @Test
    void whatAPersonTypedIsTrustedAsTyped() {
        assertThat(destinations
                        .judge(derived("http://10.0.0.7:8080/next"))
                        .sending()
                        .derived())
                .isFalse();
        assertThat(destinations
                        .judge(derived("https://API.example.com:443/next"))
                        .sending()
                        .derived())
                .isFalse();
        ApiRequest anywhere = ApiRequest.of(Method.GET, URI.create("http://127.0.0.1/"));
        assertThat(destinations.judge(anywhere)).isSameAs(anywhere);
    }

    @Test
    void whatIsOnlyAllowedStaysUnderTheTransportsGuard() {
        assertThat(destinations
                        .judge(derived("https://files.example.com/x"))
                        .sending()
                        .derived())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://elsewhere.example.com/x",
                "http://api.example.com/x",
                "https://api.example.com:8443/x",
                "http://10.0.0.7/x",
                "http://plain.example.com/x",
                "https://files.example.com.evil.test/x",
                "https://metadata.google.internal/x",
                "https://169.254.169.254/latest",
                "https://files.example.com./x"
            })
    void everythingElseIsRefused(String url) {
        assertThatThrownBy(() -> destinations.judge(derived(url)))
                .isInstanceOf(BlockedDestination.class)
                .hasMessageContaining("link from the server");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://api.example.com/x",
                "https://user:pw@api.example.com/x",
                "//evil.test/x",
                "https://api.example.com@evil.test/",
                "https:///x",
                "https://api.exa mple.com/",
                "javascript:alert(1)",
                "https://0x7f.1/",
                "https://2130706433/",
                "https://127.1/",
                "https://[::ffff:127.0.0.1]/"
            })
    void linksThatAreNoPlainUrlsAreRefused(String link) {
        ApiRequest page = ApiRequest.of(Method.GET, URI.create("https://api.example.com/v2/things?page=1"));
        assertThatThrownBy(() -> destinations.judge(page, link)).isInstanceOf(BlockedDestination.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://10.0.0.8/x", "https://[fd00::8]/x", "https://localhost:8443/x"})
    void aPrivateAddressIsReachedOnlyWhenItsBlockIsNamed(String url) {
        assertThatThrownBy(() -> destinations.judge(derived(url)))
                .isInstanceOf(BlockedDestination.class)
                .hasMessageContaining("allow_private");
        Destinations named = Destinations.of(
                Set.of(),
                Outbound.builder()
                        .allow(derived(url).origin())
                        .allowPrivate(Cidr.of("10.0.0.0/8"))
                        .allowPrivate(Cidr.of("fd00::/8"))
                        .allowPrivate(Cidr.of("127.0.0.1"))
                        .build());
        assertThat(named.judge(derived(url)).sending().derived()).isTrue();
    }

    @Test
    void plainHttpIsFollowedOnlyWhereItIsNamed() {
        Destinations named = Destinations.of(
                Set.of(),
                Outbound.builder().allowHttp(origin("http://plain.example.com")).build());
        assertThat(named.judge(derived("http://plain.example.com/x")).url()).hasToString("http://plain.example.com/x");
        assertThatThrownBy(() -> named.judge(derived("https://plain.example.com/x")))
                .isInstanceOf(BlockedDestination.class);
    }

    @Test
    void nothingButHarmlessHeadersLeavesATypedOrigin() {
        ApiRequest link = derived("https://files.example.com/x")
                .header("Accept", "text/csv")
                .header("X-Api-Key", "k")
                .header("Cookie", "c");
        assertThat(destinations.judge(link).headers().names()).containsExactly("Accept");
        assertThat(destinations
                        .judge(link.at(URI.create("https://api.example.com/x")))
                        .headers()
                        .names())
                .containsExactly("Accept", "Cookie", "X-Api-Key");
        assertThatThrownBy(() -> destinations.judge(link.body("text/plain", new byte[1])))
                .isInstanceOf(BlockedDestination.class)
                .hasMessageContaining("with a body");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0/0",
                "10.0.0.0/33",
                "10.0.0.0/08",
                "10.0.0.1/8",
                "010.0.0.0/8",
                "10.0.0/8",
                "host/8",
                "fd00::/129",
                "fd00::1/8",
                "fe80::1%lo"
            })
    void blocksThatAreNoneAreRefused(String text) {
        assertThatThrownBy(() -> Cidr.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,10.255.255.255,true",
        "10.0.0.0/8,11.0.0.0,false",
        "10.16.0.0/12,10.31.0.1,true",
        "10.16.0.0/12,10.32.0.1,false",
        "10.0.0.7,10.0.0.7,true",
        "10.0.0.7,10.0.0.6,false",
        "fd00::/8,fdff::1,true",
        "fd00::/8,fc00::1,false"
    })
    void aBlockHoldsWhatItsPrefixSays(String block, String address, boolean held) throws UnknownHostException {
        assertThat(Cidr.of(block).holds(InetAddress.getByName(address).getAddress()))
                .isEqualTo(held);
    }

    @Test
    void rulesThatCouldNeverHoldAreRefusedTogether() {
        Outbound.Builder rules = Outbound.builder()
                .allow(origin("https://metadata.google.internal"))
                .allow(origin("https://metadata.goog"))
                .allowHttp(origin("https://files.example.com"))
                .trust(origin("http://files.example.com"), TlsTrust.MACHINE);
        assertThatThrownBy(rules::build)
                .hasMessageContaining("metadata.google.internal")
                .hasMessageContaining("metadata.goog")
                .hasMessageContaining("allow_http")
                .hasMessageContaining("tls");
    }

    @Test
    void relativeLinksStayAtTheirOrigin() {
        ApiRequest page = ApiRequest.of(Method.GET, URI.create("https://api.example.com/v2/things?page=1"));
        assertThat(destinations.judge(page, "?page=2").url()).hasToString("https://api.example.com/v2/things?page=2");
        assertThat(destinations.judge(page, "/v2/things?page=2#top").url())
                .hasToString("https://api.example.com/v2/things?page=2");
        assertThat(destinations
                        .judge(page, "https://api.example.com/a//b?sig=%2F")
                        .url())
                .hasToString("https://api.example.com/a//b?sig=%2F");
        assertThat(destinations.judge(page, "../w").url()).hasToString("https://api.example.com/w");
        assertThat(destinations.judge(page, "/a").sending().derived()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.255.255.255",
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.255",
                "169.254.0.0",
                "169.254.169.254",
                "172.16.0.0",
                "172.31.255.255",
                "192.0.0.255",
                "192.0.2.1",
                "192.88.99.0",
                "192.168.0.1",
                "192.168.255.255",
                "198.18.0.0",
                "198.19.255.255",
                "198.51.100.0",
                "203.0.113.255",
                "224.0.0.0",
                "239.255.255.255",
                "240.0.0.0",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "fc00::1",
                "fdff::1",
                "fe80::1",
                "febf::1",
                "ff02::1",
                "2001:db8::1",
                "64:ff9b::a00:1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2002:c0a8:101::5",
                "2606:4700::5efe:7f00:1",
                "2606:4700::200:5efe:a00:1",
                "2001:0:7f00:1::1",
                "2001:1ff::1",
                "3fff:fff::1",
                "64:ff9b:1::808:808",
                "100::1",
                "fbff::1",
                "fec0::1",
                "5f00::1"
            })
    void specialAddressesAreKnown(String address) throws UnknownHostException {
        assertThat(AddressRanges.isSpecial(InetAddress.getByName(address).getAddress()))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0.0.0",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.0.3.0",
                "192.88.98.255",
                "192.88.100.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "198.51.99.255",
                "198.51.101.0",
                "203.0.112.255",
                "203.0.114.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2002:808:808::5efe",
                "2606:4700::5efe:808:808",
                "64:ff9b::808:808",
                "2002:808:808::",
                "2001:200::1",
                "3ffe::1",
                "2001:db7::1",
                "2001:db9::1"
            })
    void theirNeighboursArePublic(String address) throws UnknownHostException {
        assertThat(AddressRanges.isSpecial(InetAddress.getByName(address).getAddress()))
                .isFalse();
    }

    @Test
    void mappedAddressesAreJudgedAsWhatTheyMap() {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        mapped[12] = 127;
        mapped[15] = 1;
        assertThat(AddressRanges.isSpecial(mapped)).isTrue();
        mapped[12] = 8;
        assertThat(AddressRanges.isSpecial(mapped)).isFalse();
    }
}
