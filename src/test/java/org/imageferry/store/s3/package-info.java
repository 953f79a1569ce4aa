/// Tests regions and buckets in object storage against a real server, and against one that fails on
/// command.
@NullMarked
package org.imageferry.store.s3;

import org.jspecify.annotations.NullMarked;
