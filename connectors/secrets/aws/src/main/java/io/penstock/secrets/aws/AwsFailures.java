package io.penstock.secrets.aws;

import io.penstock.error.BadConfig.SecretMissing;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Says what a failure of AWS means and what mends it. Of the SDK's own words only code and request id are kept. */
final class AwsFailures {

    private AwsFailures() {}

    static SecretMissing told(String name, Throwable failure) {
        if (failure instanceof AwsServiceException refused) {
            String code = refused.awsErrorDetails() == null
                    ? ""
                    : String.valueOf(refused.awsErrorDetails().errorCode());
            return AwsSecretStore.missing(
                    name,
                    meaning(code, refused.statusCode()) + " [" + (code.isEmpty() ? refused.statusCode() : code)
                            + ", AWS request " + refused.requestId() + "]");
        }
        return AwsSecretStore.missing(name, ofClient(failure));
    }

    private static String meaning(String code, int status) {
        return switch (code) {
            case "ResourceNotFoundException" ->
                "there is no such secret, or none in this stage: check name, region and stage";
            case "AccessDeniedException", "AccessDenied" ->
                "these credentials may not: allow secretsmanager:GetSecretValue on it (and sts:AssumeRole on the role)";
            case "ExpiredTokenException", "ExpiredToken", "RequestExpired" ->
                "the AWS credentials have expired: renew them, for example with aws sso login";
            case "UnrecognizedClientException",
                    "InvalidClientTokenId",
                    "InvalidSignatureException",
                    "SignatureDoesNotMatch",
                    "IncompleteSignature" ->
                "AWS does not accept these credentials: check access key, secret key, region and the machine's clock";
            case "DecryptionFailure", "DecryptionFailureException" ->
                "its KMS key cannot be used: allow kms:Decrypt on it";
            case "InvalidRequestException" ->
                "it cannot be read as it is: is it about to be deleted? Restore it or name another";
            case "InvalidParameterException", "ValidationException" -> "this is no name of a secret: check it";
            case "ThrottlingException", "Throttling", "TooManyRequestsException", "RequestLimitExceeded" ->
                "AWS throttles these requests also after several tries: run again later";
            default ->
                status >= 500 ? "AWS is in trouble: run again later" : "AWS has refused the request: look the code up";
        };
    }

    private static String ofClient(Throwable failure) {
        if (failure instanceof ApiCallTimeoutException
                || failure instanceof ApiCallAttemptTimeoutException
                || failure instanceof TimeoutException) {
            return "AWS has not answered in time: check the network, the region and endpoint";
        }
        String words = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (failure instanceof SdkClientException && words.contains("region")) {
            return "it is not known in which region to look: set secrets.aws-sm.region or AWS_REGION";
        }
        if (failure instanceof SdkClientException && words.contains("credentials")) {
            return "no AWS credentials were found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE, or give"
                    + " the machine a role";
        }
        return "AWS cannot be reached (" + failure.getClass().getSimpleName()
                + "): check the network, region and endpoint";
    }
}
