/// Objects of buckets over HTTP: the way disk images get in and out where nothing else is installed.
///
/// One small class for each call. `docs/reference/buckets.md` is the protocol.
@NullMarked
package org.imageferry.ecs.bucket;

import org.jspecify.annotations.NullMarked;
