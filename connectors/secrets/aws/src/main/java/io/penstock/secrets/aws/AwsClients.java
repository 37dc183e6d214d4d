package io.penstock.secrets.aws;

import io.penstock.config.Config;
import io.penstock.config.Secret;
import io.penstock.config.Setting;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerAsyncClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Makes the SDK's client when it is first needed, since that looks at files and the machine. Not safe for concurrent use. */
final class AwsClients {

    /** One call with its repeats; below what the reader of a plan waits. */
    private static final Duration LONGEST = Duration.ofSeconds(25);

    private static final Duration LONGEST_TRY = Duration.ofSeconds(8);

    private final Config config;
    private final Deque<SdkAutoCloseable> open = new ArrayDeque<>();
    private @Nullable SecretsManagerAsyncClient client;

    AwsClients(Config config) {
        this.config = config;
    }

    /** The client. Blocks the first time. */
    SecretsManagerAsyncClient client() {
        SecretsManagerAsyncClient ready = client;
        if (ready == null) {
            ready = at(SecretsManagerAsyncClient.builder())
                    .credentialsProvider(credentials())
                    .httpClientBuilder(NettyNioAsyncHttpClient.builder().maxConcurrency(4))
                    .overrideConfiguration(limits())
                    .build();
            open.push(ready);
            client = ready;
        }
        return ready;
    }

    private <B extends AwsClientBuilder<B, ?>> B at(B builder) {
        config.optional(AwsSecretsProvider.REGION).map(Region::of).ifPresent(builder::region);
        Optional<URI> endpoint = config.optional(AwsSecretsProvider.ENDPOINT);
        endpoint.ifPresent(builder::endpointOverride);
        return builder;
    }

    private static ClientOverrideConfiguration limits() {
        return ClientOverrideConfiguration.builder()
                .apiCallTimeout(LONGEST)
                .apiCallAttemptTimeout(LONGEST_TRY)
                .retryStrategy(RetryMode.STANDARD)
                .build();
    }

    private AwsCredentialsProvider credentials() {
        AwsCredentialsProvider own =
                config.optional(AwsSecretsProvider.ACCESS_KEY).map(this::fixed).orElseGet(this::found);
        return config.optional(AwsSecretsProvider.ROLE)
                .map(role -> assumed(role, own))
                .orElse(own);
    }

    private AwsCredentialsProvider fixed(Secret accessKey) {
        String id = text(accessKey);
        String key = text(config.value(AwsSecretsProvider.SECRET_KEY));
        return StaticCredentialsProvider.create(config.optional(AwsSecretsProvider.SESSION_TOKEN)
                .map(AwsClients::text)
                .<software.amazon.awssdk.auth.credentials.AwsCredentials>map(
                        token -> AwsSessionCredentials.create(id, key, token))
                .orElseGet(() -> AwsBasicCredentials.create(id, key)));
    }

    private static String text(Secret secret) {
        return secret.reveal(text -> text);
    }

    private AwsCredentialsProvider found() {
        DefaultCredentialsProvider.Builder chain = DefaultCredentialsProvider.builder();
        text(AwsSecretsProvider.PROFILE).ifPresent(chain::profileName);
        DefaultCredentialsProvider provider = chain.build();
        open.push(provider);
        return provider;
    }

    private Optional<String> text(Setting<String> setting) {
        return config.optional(setting);
    }

    private AwsCredentialsProvider assumed(String role, AwsCredentialsProvider own) {
        StsClient sts = at(StsClient.builder())
                .credentialsProvider(own)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(limits())
                .build();
        open.push(sts);
        StsAssumeRoleCredentialsProvider provider = StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(request -> request.roleArn(role).roleSessionName("penstock"))
                .build();
        open.push(provider);
        return provider;
    }

    void close() {
        while (!open.isEmpty()) {
            open.pop().close();
        }
        client = null;
    }
}
