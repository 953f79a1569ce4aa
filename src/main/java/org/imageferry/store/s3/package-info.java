/// Regions and buckets in object storage that speaks S3. Here, and nowhere else, the SDK for it is known;
/// none of its classes is loaded before the first request.
@NullMarked
package org.imageferry.store.s3;

import org.jspecify.annotations.NullMarked;
