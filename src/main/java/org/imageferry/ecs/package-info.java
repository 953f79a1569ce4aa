/// The ECS wire protocol: how a request is read, proved to be its sender's, dispatched and answered.
///
/// It knows HTTP, signatures, XML and JSON, and which error code tells which refusal. What an action
/// means it must never know: that is `ecs.action`'s, one class each; objects of buckets are
/// `ecs.bucket`'s.
@NullMarked
package org.imageferry.ecs;

import org.jspecify.annotations.NullMarked;
