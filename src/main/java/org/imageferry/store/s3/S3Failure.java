package org.imageferry.store.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.imageferry.store.StoreException;
import org.imageferry.store.StoreException.Kind;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/// What a failed request means. Source: Amazon S3 API, "Error responses"; the codes of Ceph, MinIO and
/// Swift where they differ.
///
/// @param again whether the next try may succeed
/// @param throttled whether the server asked for fewer requests
/// @param remedy what a person can do
record S3Failure(Kind kind, boolean again, boolean throttled, String reason, String remedy) {
    private static final Set<String> SLOW_DOWN =
            Set.of(
                    "SlowDown",
                    "SlowDownRead",
                    "SlowDownWrite",
                    "Throttling",
                    "ThrottlingException",
                    "RequestLimitExceeded",
                    "TooManyRequests",
                    "QpsLimitExceeded",
                    "DownloadTrafficRateLimitExceeded",
                    "UploadTrafficRateLimitExceeded");
    private static final Set<String> FULL =
            Set.of(
                    "QuotaExceeded",
                    "XMinioStorageFull",
                    "XMinioAdminBucketQuotaExceeded",
                    "InsufficientStorage");
    private static final Set<String> SPOILT =
            Set.of(
                    "BadDigest",
                    "InvalidDigest",
                    "XAmzContentSHA256Mismatch",
                    "XAmzContentChecksumMismatch",
                    "IncompleteBody",
                    "RequestTimeout");
    private static final String LATER =
            "nothing, if it passes by itself; else look at the server, and at the way to it";
    private static final int MOST_CAUSES = 20;

    static S3Failure of(Exception e) {
        return switch (e) {
            case AwsServiceException answer -> answered(answer);
            case AbortedException _, InterruptedException _ -> interrupted();
            case ApiCallTimeoutException _, ApiCallAttemptTimeoutException _ ->
                    passing("it took longer than a request may");
            default -> unanswered(e);
        };
    }

    private static S3Failure answered(AwsServiceException e) {
        int status = e.statusCode();
        String code = e.awsErrorDetails() == null ? "" : text(e.awsErrorDetails().errorCode());
        String said = e.awsErrorDetails() == null ? "" : text(e.awsErrorDetails().errorMessage());
        String reason = (status + " " + code).strip() + (said.isEmpty() ? "" : ": " + said);
        if (SLOW_DOWN.contains(code) || status == 429 || status == 503) {
            return new S3Failure(
                    Kind.UNAVAILABLE,
                    true,
                    true,
                    reason,
                    "it goes on when the server takes requests again; fewer at once are set by most-requests");
        }
        if (FULL.contains(code) || status == 507 || status == 413) {
            return final_(Kind.FULL, reason, "make room in the bucket, or raise its quota");
        }
        if (SPOILT.contains(code)) {
            return new S3Failure(Kind.FAILED, true, false, reason, LATER);
        }
        return byStatus(status, code, reason);
    }

    private static S3Failure byStatus(int status, String code, String reason) {
        if (code.equals("NoSuchBucket")) {
            return final_(
                    Kind.UNAVAILABLE, reason, "make the bucket, or correct its name and endpoint");
        }
        return switch (status) {
            case 301, 302, 307, 308 ->
                    final_(
                            Kind.UNAVAILABLE,
                            reason,
                            "the bucket is elsewhere: correct endpoint and signing-region");
            case 401, 403 -> final_(Kind.UNAVAILABLE, reason, denied(code));
            case 404 -> final_(Kind.MISSING, reason, "there is no such object");
            case 409 -> passing(reason);
            case 412 ->
                    final_(
                            Kind.DAMAGED,
                            "another object was put in its place",
                            "begin again with that one");
            case 416 -> final_(Kind.DAMAGED, reason, "restore the object, or copy its images anew");
            case 501 -> final_(Kind.FAILED, reason, "the server lacks what imageferry needs");
            default ->
                    status >= 500
                            ? passing(reason)
                            : final_(Kind.FAILED, reason, "look at the server's log");
        };
    }

    private static String denied(String code) {
        return switch (code) {
            case "RequestTimeTooSkewed" -> "set the clock of this machine right";
            case "SignatureDoesNotMatch" -> "check the secret key, and signing-region";
            default -> "check the access key and what it may do in the bucket";
        };
    }

    private static S3Failure unanswered(Exception e) {
        if (is(e, InterruptedException.class)) {
            return interrupted();
        }
        if (is(e, EndsEarlyException.class)) {
            return final_(
                    Kind.DAMAGED,
                    innermost(e),
                    "restore the object from a backup, or copy its images anew");
        }
        if (is(e, SSLHandshakeException.class)
                || is(e, SSLPeerUnverifiedException.class)
                || is(e, CertificateException.class)) {
            return final_(
                    Kind.UNAVAILABLE,
                    "no trust in the server: " + innermost(e),
                    "renew the server's certificate, or have Java trust its issuer (javax.net.ssl.trustStore)");
        }
        if (text(e.getMessage()).startsWith("Unable to load credentials")) {
            return final_(
                    Kind.UNAVAILABLE,
                    "no credentials were found",
                    "name environment variables with access-key-env and secret-key-env, or give the machine a role");
        }
        if (is(e, UnknownHostException.class)) {
            return passing("the server's name is not known: " + innermost(e));
        }
        if (is(e, ConnectException.class)) {
            return passing("no connection: " + innermost(e));
        }
        if (is(e, SocketTimeoutException.class) || is(e, InterruptedIOException.class)) {
            return passing("no answer in time: " + innermost(e));
        }
        if (is(e, IOException.class) || e instanceof SdkException) {
            return passing("the connection broke: " + innermost(e));
        }
        throw new IllegalStateException("no request fails so", e);
    }

    private static S3Failure passing(String reason) {
        return new S3Failure(Kind.UNAVAILABLE, true, false, reason, LATER);
    }

    private static S3Failure final_(Kind kind, String reason, String remedy) {
        return new S3Failure(kind, false, false, reason, remedy);
    }

    private static S3Failure interrupted() {
        Thread.currentThread().interrupt();
        return final_(Kind.FAILED, "the thread was interrupted", "nothing: we are stopping");
    }

    private static boolean is(Exception e, Class<? extends Exception> kind) {
        return causes(e).anyMatch(kind::isInstance);
    }

    private static String innermost(Exception e) {
        Throwable last = causes(e).reduce(e, (_, next) -> next);
        return Optional.ofNullable(last.getMessage()).orElse(last.getClass().getSimpleName());
    }

    private static Stream<Throwable> causes(Exception e) {
        return Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
                .limit(MOST_CAUSES);
    }

    private static String text(@Nullable String maybe) {
        return maybe == null ? "" : maybe;
    }

    StoreException exception(String tried, S3Place place, int tries, Exception cause) {
        String often = tries == 1 ? "" : ", " + tries + " times";
        return new StoreException(
                kind,
                "cannot " + tried + " in " + place + " (" + reason + often + "): " + remedy,
                cause);
    }
}
