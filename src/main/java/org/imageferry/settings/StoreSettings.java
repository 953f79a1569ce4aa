package org.imageferry.settings;

import java.nio.file.Path;
import java.util.Optional;
import org.imageferry.store.s3.S3Place;

/// Where a region keeps its objects.
///
/// @param s3 the bucket; a folder if there is none
/// @param folder that one; in the data folder if it is not given
/// @param bytesPerSecond to and from the store, no more than so many; without a bound if empty
public record StoreSettings(Optional<S3> s3, Optional<Path> folder, Optional<Long> bytesPerSecond) {
    /// A folder, as fast as it goes.
    public static final StoreSettings FOLDER =
            new StoreSettings(Optional.empty(), Optional.empty(), Optional.empty());

    /// A bucket of a server that speaks S3.
    ///
    /// @param keys where the access key is; the SDK looks for it where it always does if empty
    /// @param images where the region's disk images come and go; in the data folder if empty
    public record S3(
            S3Place place, Optional<KeyVariables> keys, int requests, Optional<S3Place> images) {}

    /// The names of two environment variables: a settings file is no place for a secret.
    public record KeyVariables(String accessKey, String secretKey) {}
}
