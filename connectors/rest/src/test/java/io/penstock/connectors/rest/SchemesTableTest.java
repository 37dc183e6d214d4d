package io.penstock.connectors.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.penstock.config.Setting;
import io.penstock.source.Source;
import io.penstock.testkit.source.SourceRig;
import io.penstock.testkit.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scheme in the README's table, as it stands there, on the wire. */
class SchemesTableTest extends StubbedApi {

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| (?:`[a-z0-9_]+`)? ?\\|[^|]*\\| `([a-z0-9_]+)(: .+)` \\|$");

    /** What a request must look like, by scheme. */
    private static final Map<String, String> LOOKS = Map.ofEntries(
            Map.entry("api_key", "(?s).*(X-Api-Key: secret-key|[?&]key=secret-key|Cookie: sid=secret-key).*"),
            Map.entry("bearer", "(?s).*Authorization: Bearer secret-key.*"),
            Map.entry("basic", "(?s).*Authorization: Basic YW5uOnNlY3JldC1rZXk=.*"),
            Map.entry("digest", "(?s).*Authorization: Digest username=\"ann\".*"),
            Map.entry("oauth2", "(?s).*Authorization: Bearer granted.*"),
            Map.entry("session", "(?s).*Authorization: Bearer begun.*"),
            Map.entry("jwt", "(?s).*Authorization: Bearer eyJ.*"),
            Map.entry("hmac", "(?s).*X-Signature: [0-9a-f]{64}.*"),
            Map.entry("aws", "(?s).*Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/.*"),
            Map.entry("all", "(?s)(?=.*X-Api-Key: secret-key)(?=.*Authorization: Bearer demo-token).*"),
            Map.entry("pool", "(?s).*Authorization: Bearer (secret-key|demo-token).*"));

    /** A scheme and all of its text. */
    record Fragment(String scheme, String text) {}

    static List<Fragment> fragments() throws IOException {
        Matcher row = ROW.matcher(Files.readString(Path.of("README.md")));
        List<Fragment> found = new ArrayList<>();
        while (row.find()) {
            found.add(new Fragment(row.group(1), row.group(1) + row.group(2)));
        }
        return found;
    }

    @Test
    void theTableHasEverySchemeThatThereIs() throws IOException {
        Set<String> known = new TreeSet<>();
        for (Setting<?> setting : new RestProvider().settings()) {
            if (setting.name().equals("auth")) {
                known.addAll(((Map<?, ?>) setting.schema().get("properties"))
                        .keySet().stream().map(String::valueOf).toList());
            }
        }
        assertThat(known).hasSizeGreaterThan(8);
        assertThat(fragments().stream().map(Fragment::scheme).collect(Collectors.toSet()))
                .isEqualTo(known);
        assertThat(LOOKS.keySet()).isEqualTo(known);
    }

    @ParameterizedTest
    @MethodSource("fragments")
    void aFragmentWorksAsItStands(Fragment fragment) throws Exception {
        API.stubFor(any(urlMatching("/(token|login)"))
                .willReturn(okJson("{\"access_token\":\"granted\",\"token_type\":\"bearer\",\"token\":\"begun\"}")));
        API.stubFor(get(urlPathEqualTo("/a")).willReturn(okJson("[{\"a\":1}]")));
        if (fragment.scheme().equals("digest")) {
            API.stubFor(get(urlPathEqualTo("/a"))
                    .withHeader("Authorization", absent())
                    .willReturn(unauthorized()
                            .withHeader(
                                    "WWW-Authenticate",
                                    "Digest realm=\"r\", qop=\"auth\", nonce=\"n\", algorithm=SHA-256")));
        }
        String plan = "auth: { " + fragment.text().replace("https://login.example.com", API.baseUrl())
                + " }\nstreams: { a: { path: /a, records: '', paging: none } }";
        Map<String, Object> settings = new LinkedHashMap<>(Plans.yaml(plan));
        settings.put("base_url", API.baseUrl());
        try (SourceRig rig = new SourceRig();
                Source source = rig.open(
                        new RestProvider(),
                        settings,
                        Map.of("KEY", "secret-key", "TOKEN", "demo-token", "PEM", pem()))) {
            assertThat(Sources.records(Sources.readAll(source, "a"))).hasSize(1);
        }
        List<LoggedRequest> sent = API.findAll(getRequestedFor(urlPathEqualTo("/a")));
        assertThat(text(sent.get(sent.size() - 1))).matches(LOOKS.get(fragment.scheme()));
    }

    private static String text(LoggedRequest request) {
        return Stream.concat(
                        Stream.of(request.getUrl()),
                        request.getHeaders().all().stream()
                                .flatMap(field -> field.values().stream().map(value -> field.key() + ": " + value)))
                .collect(Collectors.joining("\n"));
    }

    private static String pem() throws Exception {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(new ECGenParameterSpec("secp256r1"));
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(keys.generateKeyPair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }
}
