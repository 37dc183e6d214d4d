package io.penstock.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.config.Problems;
import io.penstock.runner.plan.Node.Mapping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralSecretsTest {

    private static Problems judge(String line) {
        Problems problems = new Problems();
        String yaml = "connections:\n  shop:\n    source:\n      " + line + "\n";
        LiteralSecrets.refuse((Mapping) StrictYaml.read(yaml), problems);
        return problems;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            headers: { Authorization: Bearer hunter2 }    | headers.Authorization | ${env:AUTHORIZATION}
            headers: { X-Api-Key: hunter2 }               | headers.X-Api-Key     | ${env:X_API_KEY}
            headers: { cookie: "sid=hunter2" }            | headers.cookie        | ${env:COOKIE}
            params: { access_token: hunter2 }             | params.access_token   | ${env:ACCESS_TOKEN}
            params: { key: hunter2-Abc123456789 }         | params.key            | ${env:KEY}
            streams: { a: { params: { api_key: hunter2 }}} | streams.a.params.api_key | ${env:API_KEY}
            base_url: https://ann:hunter2@example.com/v2  | base_url              | set auth
            base_url: https://example.com/?token=hunter2  | base_url              | set auth or params
            anything: ghp_hunter2hunter2hunter2hunter2aa  | anything              | ${env:ANYTHING}
            headers: { X-Subscription: "a", SubscriptionKey: hunter2-Abc123456789 } | headers.SubscriptionKey | ${env:SUBSCRIPTIONKEY}
            params: { passphrase: hunter2 }               | params.passphrase     | ${env:PASSPHRASE}
            params: { privateKey: hunter2 }               | params.privateKey     | ${env:PRIVATEKEY}
            headers: { X-Pin: "sk_live_hunter2hunter2${env:HOME}" } | headers.X-Pin | looks like a secret
            headers: { Authorization: "Token ${env:NOPE:-ghp_hunter2hunter2hunter2hunter2aa}" } | headers.Authorization | no default
            headers: { Authorization: "Token ${env:NOPE:-hunter2}" } | headers.Authorization | no default
            headers: { Authorization: "hunter2hunter2 ${env:NOPE}" } | headers.Authorization | ${env:AUTHORIZATION}
            anything: AKIAHUNTER2HUNTER2AB                | anything              | looks like a secret
            """)
    void refusesASecretThatIsWrittenOutAndSaysWhereAndHowToMendIt(String line, String path, String fix) {
        Problems problems = judge(line);
        assertThat(problems.all()).hasSize(1);
        assertThat(problems.all().get(0).path()).isEqualTo("connections.shop.source." + path);
        assertThat(problems.all().get(0).message()).contains(fix).doesNotContainIgnoringCase("hunter2");
    }

    @Test
    void aProfileThatIsNotChosenIsReadTheSame() {
        Problems problems = new Problems();
        String yaml =
                "connections: {}\nprofiles:\n  live:\n    connections: { shop: { source: { headers: { Authorization: hunter2 } } } }\n";
        LiteralSecrets.refuse((Mapping) StrictYaml.read(yaml), problems);
        assertThat(problems.all()).hasSize(1);
        assertThat(problems.all().get(0).path())
                .isEqualTo("profiles.live.connections.shop.source.headers.Authorization");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "headers: { Authorization: \"Bearer ${env:TOKEN}\", Accept: application/json }",
                "headers: { Authorization: \"SharedAccess ${env:ID}:${env:TOKEN}\" }",
                "params: { primaryKey: id-1234567890123456, sortKey: a, token_access_type: offline }",
                "base_url: \"${env:HOST:-https://api.example.com/v2/12345678901234}\"",
                "params: { page_token: abc, sort_key: name, key: name, per_page: 100 }",
                "base_url: http://127.0.0.1:8080/a@b?sort=name",
                "auth: { api_key: { header: X-Api-Key, prefix: 'Token ', value: \"${file:key}\" } }",
                "paging: { cursor: { param: next_token, token: /next } }"
            })
    void leavesEverythingElseAlone(String line) {
        assertThat(judge(line).all()).isEmpty();
    }
}
