package org.imageferry.store.s3;

import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.scheme.AuthSchemeOption;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.auth.scheme.S3AuthSchemeParams;
import software.amazon.awssdk.services.s3.auth.scheme.S3AuthSchemeProvider;

/// Sets up the SDK so that any server understands it.
///
/// Bodies are signed whole, with their SHA-256 in a header, which every server that checks signatures
/// checks, too. The SDK's own way, checksums behind a body sent in chunks, is understood by few others
/// than Amazon. It neither retries nor checks on its own: both is done here, once.
final class S3Clients {
    private S3Clients() {}

    static S3Client open(S3Place place, S3Login login, S3Limits limits) {
        S3ClientBuilder builder =
                S3Client.builder()
                        .region(Region.of(place.signingRegion()))
                        .forcePathStyle(place.pathStyle())
                        .credentialsProvider(credentials(login))
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                        .disableS3ExpressSessionAuth(true)
                        .authSchemeProvider(new WholeBodies())
                        .serviceConfiguration(it -> it.chunkedEncodingEnabled(false))
                        .overrideConfiguration(it ->
                                it.retryStrategy(AwsRetryStrategy.doNotRetry())
                                        .apiCallTimeout(limits.call()))
                        .httpClientBuilder(
                                Apache5HttpClient.builder()
                                        .maxConnections(limits.requests())
                                        .connectionTimeout(limits.connect())
                                        .connectionAcquisitionTimeout(limits.call())
                                        .socketTimeout(limits.silence()));
        place.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static AwsCredentialsProvider credentials(S3Login login) {
        return switch (login) {
            case S3Login.Keys keys ->
                    StaticCredentialsProvider.create(
                            AwsBasicCredentials.create(keys.accessKeyId(), keys.secret()));
            case S3Login.Found _ -> DefaultCredentialsProvider.builder().build();
        };
    }

    private static final class WholeBodies implements S3AuthSchemeProvider {
        private final S3AuthSchemeProvider usual = S3AuthSchemeProvider.defaultProvider();

        @Override
        public List<AuthSchemeOption> resolveAuthScheme(S3AuthSchemeParams request) {
            return usual.resolveAuthScheme(request).stream().map(WholeBodies::whole).toList();
        }

        private static AuthSchemeOption whole(AuthSchemeOption option) {
            return option.toBuilder()
                    .putSignerProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, true)
                    .putSignerProperty(AwsV4HttpSigner.CHUNK_ENCODING_ENABLED, false)
                    .build();
        }
    }
}
