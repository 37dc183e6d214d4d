/**
 * Secrets from AWS Secrets Manager: {@code ${aws-sm:name#key}}.
 *
 * <p>Start at {@link io.penstock.secrets.aws.AwsSecretsProvider}. Requests are signed and sent by the asynchronous client of the AWS SDK;
 * what the SDK does by blocking, which is to look for credentials, is done on a thread of the store's own.
 */
@NullMarked
package io.penstock.secrets.aws;

import org.jspecify.annotations.NullMarked;
