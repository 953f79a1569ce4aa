package org.imageferry.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.imageferry.store.s3.S3Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class S3SettingsTest {
    @Test
    void everythingCanBeSet() throws StartException {
        StoreSettings.S3 s3 =
                parse(
                        """
                        endpoint: https://s3.example.com:9000
                        bucket: ferry-eu
                        prefix: regions/eu/
                        signing-region: eu-central-1
                        path-style: false
                        access-key-env: EU_KEY
                        secret-key-env: EU_SECRET
                        most-requests: 64
                        images-bucket: images-eu
                        images-prefix: disks/
                        """);

        Optional<URI> endpoint = Optional.of(URI.create("https://s3.example.com:9000"));
        assertThat(s3)
                .isEqualTo(
                        new StoreSettings.S3(
                                new S3Place(
                                        endpoint, "eu-central-1", "ferry-eu", "regions/eu/", false),
                                Optional.of(new StoreSettings.KeyVariables("EU_KEY", "EU_SECRET")),
                                64,
                                Optional.of(
                                        new S3Place(
                                                endpoint,
                                                "eu-central-1",
                                                "images-eu",
                                                "disks/",
                                                false))));
    }

    @Test
    void aBucketIsEnough() throws StartException {
        assertThat(parse("bucket: ferry-eu"))
                .isEqualTo(
                        new StoreSettings.S3(
                                new S3Place(Optional.empty(), "us-east-1", "ferry-eu", "", true),
                                Optional.empty(),
                                32,
                                Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "prefix: a/ | needs a 'bucket'",
                "bucket: Ferry | 'bucket' must be 3 to 63 lower-case",
                "{bucket: abc, endpoint: s3.example.com} | 'endpoint' must be an address such as",
                "{bucket: abc, endpoint: 'ftp://s3.example.com'} | 'endpoint' must be an address such as",
                "{bucket: abc, endpoint: 'https://s3.example.com/path'} | with nothing behind it",
                "{bucket: abc, endpoint: 'https://me:it@s3.example.com'} | with nothing behind it",
                "{bucket: abc, prefix: a} | each with a '/' behind it",
                "{bucket: abc, prefix: ../} | each with a '/' behind it",
                "{bucket: abc, signing-region: EU} | 'signing-region' must be",
                "{bucket: abc, access-key-env: A} | belong together",
                "{bucket: abc, secret-key-env: A} | belong together",
                "{bucket: abc, access-key-env: a-b, secret-key-env: B} | the name of an environment variable",
                "{bucket: abc, most-requests: 0} | a whole number from 1 to 256",
                "{bucket: abc, path-style: yes} | true or false",
                "{bucket: abc, images-prefix: a/} | needs an 'images-bucket'",
                "{bucket: abc, images-bucket: abc} | share a bucket only if",
                "{bucket: abc, prefix: a/, images-bucket: abc, images-prefix: a/b/} | share a bucket only if",
                "{bucket: abc, secret-key: x} | unknown key 'secret-key'"
            })
    void whatCanNotBeIsRefused(String text, String why) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(StartException.class)
                .hasMessageContainingAll("settings.yaml, line", why);
    }

    @Test
    void storeAndImagesMayShareABucket() throws StartException {
        StoreSettings.S3 s3 =
                parse("{bucket: abc, prefix: a/, images-bucket: abc, images-prefix: b/}");

        assertThat(s3.images().orElseThrow().toString()).startsWith("s3://abc/b/ at Amazon");
    }

    private static StoreSettings.S3 parse(String text) throws StartException {
        String whole = "regions:\n  - id: here\n    s3:\n" + text.indent(6);
        return SettingsReader.parse("settings.yaml", whole)
                .regions()
                .getFirst()
                .store()
                .s3()
                .orElseThrow();
    }
}
