package org.imageferry.store.s3;

import java.net.URI;
import java.util.Optional;

/// Where objects are: a bucket, and within it what begins with a prefix.
///
/// @param endpoint the server; that of Amazon for `signingRegion` if there is none
/// @param signingRegion what requests are signed for; servers that have no regions take any
/// @param prefix empty, or ends with `/`
/// @param pathStyle whether the bucket stands in the path, not in the host's name
public record S3Place(
        Optional<URI> endpoint,
        String signingRegion,
        String bucket,
        String prefix,
        boolean pathStyle) {
    public S3Place {
        if (!prefix.isEmpty() && !prefix.endsWith("/")) {
            throw new IllegalArgumentException("not a prefix of keys: " + prefix);
        }
    }

    /// The place of what begins with `further` here.
    S3Place below(String further) {
        return new S3Place(endpoint, signingRegion, bucket, prefix + further, pathStyle);
    }

    String key(String name) {
        return prefix + name;
    }

    @Override
    public String toString() {
        String server = endpoint.map(URI::toString).orElse("Amazon " + signingRegion);
        return "s3://" + bucket + "/" + prefix + " at " + server;
    }
}
