package org.imageferry.console;

import org.imageferry.ecs.CallWatch;
import org.imageferry.ecs.Desk;
import org.imageferry.ecs.Edge;
import org.imageferry.ecs.bucket.BucketDesk;

/// Where the console brings what it is asked: the same places as requests that come over the wire.
///
/// @param actions carries out actions
/// @param buckets takes disks that are uploaded
/// @param edge gives uploads their answers
/// @param watch is told of each call
public record Desks(Desk actions, BucketDesk buckets, Edge edge, CallWatch watch) {}
