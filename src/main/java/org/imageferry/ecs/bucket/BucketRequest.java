package org.imageferry.ecs.bucket;

import java.io.IOException;
import org.imageferry.domain.BucketName;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.Bodies;
import org.imageferry.ecs.Head;
import org.imageferry.ecs.Parameters;
import org.imageferry.store.Bucket;

/// A call about an object of a bucket, its sender proved.
///
/// @param name what the bucket is called, for messages
/// @param body is read only by who wants one, and then checked against the signature
record BucketRequest(
        Head head,
        Parameters parameters,
        RegionId region,
        BucketName name,
        Bucket bucket,
        ObjectKey key,
        BodySource body) {

    interface BodySource {
        Bodies.Body read() throws IOException;
    }

    /// The length of the whole object.
    long length() {
        return required("Length", 1);
    }

    long required(String parameter, long least) {
        parameters.require(parameter);
        return parameters.number(parameter, least, Long.MAX_VALUE, least);
    }
}
