package org.imageferry.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.imageferry.store.s3.S3Place;

/// Reads the section `s3` of a region.
final class S3SettingsReader {
    static final List<String> KEYS =
            List.of(
                    "endpoint",
                    "bucket",
                    "prefix",
                    "signing-region",
                    Setting.PATH_STYLE.key(),
                    "access-key-env",
                    "secret-key-env",
                    Setting.MOST_REQUESTS.key(),
                    "images-bucket",
                    "images-prefix");

    private static final String ENDPOINT_FORM =
            "an address such as https://s3.example.com, with nothing behind it";
    private static final String BUCKET_FORM =
            "3 to 63 lower-case letters, digits, '.' and '-', with a letter or digit at both ends";
    private static final String PREFIX_FORM =
            "folders, each with a '/' behind it, of letters, digits, '.', '_' and '-'";
    private static final String REGION_FORM = "1 to 64 lower-case letters, digits and '-'";

    /// Source: Amazon S3, "General purpose bucket naming rules".
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    private static final Pattern PREFIX = Pattern.compile("(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/){0,8}");
    private static final int MOST_PREFIX_LENGTH = 200;
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");

    /// What servers that have no regions sign for, if they are not told otherwise.
    private static final String USUAL_REGION = "us-east-1";

    private final YamlSection section;

    private S3SettingsReader(YamlSection section) {
        this.section = section;
    }

    static StoreSettings.S3 read(YamlSection section) throws StartException {
        return new S3SettingsReader(section).read();
    }

    private StoreSettings.S3 read() throws StartException {
        String bucket =
                text("bucket", BUCKET, BUCKET_FORM)
                        .orElseThrow(() ->
                                section.problem("bucket", "'s3' needs a 'bucket': " + BUCKET_FORM));
        Optional<String> images = text("images-bucket", BUCKET, BUCKET_FORM);
        if (images.isEmpty() && section.has("images-prefix")) {
            throw section.problem("images-prefix", "'images-prefix' needs an 'images-bucket'");
        }
        S3Place place = place(bucket, prefix("prefix"));
        Optional<S3Place> imagePlace = Optional.empty();
        if (images.isPresent()) {
            imagePlace = Optional.of(place(images.get(), prefix("images-prefix")));
            requireApart(place, imagePlace.get());
        }
        return new StoreSettings.S3(
                place, keys(), section.value(Setting.MOST_REQUESTS).intValue(), imagePlace);
    }

    private S3Place place(String bucket, String prefix) throws StartException {
        return new S3Place(
                endpoint(),
                text("signing-region", REGION, REGION_FORM).orElse(USUAL_REGION),
                bucket,
                prefix,
                section.value(Setting.PATH_STYLE));
    }

    /// Objects of the one would be listed among those of the other.
    private void requireApart(S3Place store, S3Place images) throws StartException {
        boolean nested =
                store.prefix().startsWith(images.prefix())
                        || images.prefix().startsWith(store.prefix());
        if (store.bucket().equals(images.bucket()) && nested) {
            throw section.problem(
                    "images-bucket",
                    "what the region stores and its disk images may share a bucket only if neither 'prefix' begins with the other");
        }
    }

    private Optional<URI> endpoint() throws StartException {
        Optional<String> text = section.text("endpoint", ENDPOINT_FORM);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text.get());
            boolean bare =
                    (uri.getRawPath() == null || uri.getRawPath().matches("/?"))
                            && uri.getRawQuery() == null
                            && uri.getRawFragment() == null
                            && uri.getRawUserInfo() == null;
            if (uri.getHost() != null
                    && bare
                    && List.of("http", "https").contains(uri.getScheme())) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException _) {
            // said below
        }
        throw section.unfit("endpoint", ENDPOINT_FORM, text.get());
    }

    private String prefix(String key) throws StartException {
        String prefix = text(key, PREFIX, PREFIX_FORM).orElse("");
        if (prefix.length() > MOST_PREFIX_LENGTH) {
            throw section.unfit(key, "at most " + MOST_PREFIX_LENGTH + " characters", prefix);
        }
        return prefix;
    }

    private Optional<StoreSettings.KeyVariables> keys() throws StartException {
        Optional<String> access = section.variable("access-key-env");
        Optional<String> secret = section.variable("secret-key-env");
        if (access.isPresent() != secret.isPresent()) {
            throw section.problem(
                    access.isPresent() ? "access-key-env" : "secret-key-env",
                    "'access-key-env' and 'secret-key-env' belong together: give both, or neither");
        }
        return access.map(it -> new StoreSettings.KeyVariables(it, secret.orElseThrow()));
    }

    private Optional<String> text(String key, Pattern form, String allowed) throws StartException {
        Optional<String> text = section.text(key, allowed);
        if (text.isPresent() && !form.matcher(text.get()).matches()) {
            throw section.unfit(key, allowed, text.get());
        }
        return text;
    }
}
