package io.penstock.connectors.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.source.Source;
import io.penstock.source.SourceProvider;
import io.penstock.testkit.source.SettingsTable;
import io.penstock.testkit.source.SourceRig;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestProviderTest {

    @Test
    void theServiceLoaderFindsIt() {
        assertThat(ServiceLoader.load(SourceProvider.class)).hasAtLeastOneElementOfType(RestProvider.class);
    }

    @Test
    void theReadmeShowsTheSettings() {
        SettingsTable.requireIn(Path.of("README.md"), new RestProvider().settings());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    { x: { path: "/x/{nme}", parent: { stream: y, name: /n } }, y: { path: /y } } | source.streams.x: {nme} is filled by nothing: did you mean name?
                    { x: { path: "/x/{id}" } }                            | {id} is filled by nothing: bind it under parent or slices
                    { x: { path: /x, params: { q: "{a}" } } }             | {a} is filled by nothing
                    { x: { path: /x, method: post, body: { q: "{a}" } } } | {a} is filled by nothing
                    { x: { path: "/x/{i}", parent: { stream: orderz, i: /i } }, orders: { path: /o } } | x.parent.stream: there is no stream orderz: did you mean orders?
                    { x: { path: "/x/{i}", parent: { stream: y, i: /i } }, y: { path: "/y/{i}", parent: { stream: x, i: /i } } } | lead back to it
                    { x: { path: "/x/{i}", parent: { stream: x, i: /i } } } | cannot be its own parent
                    { x: { path: x } }                                    | starts with one slash, such as /x
                    { x: { path: "https://a.b/x" } }                      | starts with one slash, such as /x
                    { x: { path: "/a b" } }                               | percent-encode
                    { x: { path: /x, records: items } }                   | such as /items
                    { x: { path: /x, paging: curser } }                   | expected link, none, page, offset
                    { x: { path: /x, paging: { link: x, next_url: /n } } } | exactly one style of paging
                    { x: { path: /x, paging: { cursor: { at: /a, body: /b } } } } | has_more
                    { x: { path: /x, body: { a: 1 } } }                   | add method: post
                    { x: { path: /x, slices: abc } }                      | a list of values
                    { x: { path: /x, slices: { from: 2025-02-01, to: 2025-01-01 } } } | to must be after from
                    { x: { path: /x, slices: { from: 2025-02-01, step: 1y } } } | such as 1d, 1w or 1m
                    { x: { path: /x, slices: [a, a] } }                   | twice
                    { x: { path: /x, incremental: { field: at } } }       | the value is sent nowhere
                    { x: { path: /x, incremental: { field: at, param: s, start: soon, format: epoch } } } | expected a date
                    { x: { path: /x, schema: { type: object } } }         | names the fields under properties
                    { x: { path: /x, parent: { stream: y } } }            | mapping such as { stream: orders
                    { x: { path: /x, paging: link, read_ahead: 2 } }      | pages with numbers
                    { y: { path: /y }, x: { path: /x, parent: { stream: y, k: /id }, incremental: { field: at, param: s, ordered: true } } } | in no order
                    { x: { path: /x, paging: { offset: { size: 5, overlap: 5 } } } } | overlap by 0 to 4
                    { }                                                   | name at least one stream
                    { x: { pth: /x } }                                    | did you mean path?
                    """)
    void saysWhatIsWrongAndWhere(String streams, String message) {
        assertThatThrownBy(() -> open("streams: " + streams))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining(message);
    }

    @Test
    void saysEverythingAtOnce() {
        assertThatThrownBy(() -> open("""
                        auth: { bearer: literal, basic: { user: me } }
                        limits: { requests: fast }
                        allow: nowhere
                        streams: { x: { path: x, paging: no } }
                        """))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("source.auth.bearer")
                .hasMessageContaining("source.auth.basic.password")
                .hasMessageContaining("source.limits.requests")
                .hasMessageContaining("source.allow")
                .hasMessageContaining("source.streams.x.path")
                .hasMessageContaining("source.streams.x.paging")
                .hasMessageNotContaining("literal");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    { bearer: "${env:KEY}", basic: { user: u, password: "${env:KEY}" } } | found bearer and basic: for several at once use all
                    { api_key: { value: "${env:KEY}" } }                                 | name one of header, query and cookie
                    { api_key: { query: k, cookie: c, value: "${env:KEY}" } }            | name one of header, query and cookie
                    { api_key: { cookie: "a b", value: "${env:KEY}" } }                  | name of a cookie
                    { digest: { user: "a:b", password: "${env:KEY}" } }                  | colon
                    { jwt: { algorithm: rs256, key: "${env:KEY}" } }                     | no PEM text
                    { jwt: { algorithm: hs256, key: "${env:KEY}" } }                     | at least 32 bytes
                    { jwt: { algorithm: none, key: "${env:KEY}" } }                      | expected one of rs256, ps256, es256, eddsa, hs256
                    { hmac: { key: "${env:KEY}", template: "{method}" } }                | the signature goes nowhere
                    { hmac: { key: "${env:KEY}", template: "{pth}", query: s } }         | did you mean path
                    { aws: { access_key_id: AKID, secret_access_key: "${env:KEY}", region: Mars!, service: s3 } } | eu-central-1
                    { session: { url: "https://h/login", secrets: { p: "${env:KEY}" } } } | token_at, token_header or token_cookie
                    { session: { url: "https://h/login", secrets: { p: pw }, token_at: /t } } | must be a reference
                    { all: [ { bearer: "${env:KEY}" }, { pool: [ ] } ] }                 | auth.all.1.pool
                    { all: [ { } ] }                                                     | found none
                    { api_key: { query: k, prefix: x, value: "${env:KEY}" } }            | remove prefix
                    { basic: { user: "a:b", password: "${env:KEY}" } }                   | colon
                    { }                                                                  | found none
                    { oauth2: { grant: client_credentials, client_id: a, token_url: "https://l.example.com/t" } } | source.auth.oauth2: client_secret: is missing
                    { oauth2: { grant: client_credentials, client_id: a, client_secret: "${env:KEY}" } } | write it, or the issuer
                    { oauth2: { grant: client_credentials, client_id: a, client_secret: "${env:KEY}", token_url: "http://l.example.com/t" } } | over TLS only
                    { oauth2: { grant: client_credentials, client_id: a, client_secret: literal, token_url: "https://l.example.com/t" } } | not the secret itself
                    { oauth2: { grant: refresh_token, client_id: a, token_url: "https://l.example.com/t" } } | refresh_token: is missing
                    { oauth2: { grant: authorization_code, client_id: a, token_url: "https://l.example.com/t" } } | authorization_url: is missing
                    { oauth2: { grant: device, client_id: a, token_url: "https://l.example.com/t" } } | device_url: is missing
                    { oauth2: { grant: jwt_bearer, client_id: a, token_url: "https://l.example.com/t" } } | assertion: is missing
                    { oauth2: { grant: password, client_id: a, token_url: "https://l.example.com/t" } } | expected one of client_credentials
                    { oauth2: { grant: device, client_id: a, issuer: "https://l.example.com", params: { client_secret: x } } } | params: client_secret
                    """)
    void aCredentialIsOneOfItsKinds(String auth, String message) {
        assertThatThrownBy(() -> open("auth: " + auth + "\nstreams: { x: { path: /x } }"))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining(message);
    }

    private static void open(String plan) {
        try (SourceRig rig = new SourceRig();
                Source source = Plans.open(rig, "http://127.0.0.1:1", plan)) {
            assertThat(source).isNotNull();
        }
    }
}
