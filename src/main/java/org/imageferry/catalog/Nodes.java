package org.imageferry.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.Work;

/// The processes that use the catalog: who is there, what each has claimed, and who has which duty.
public interface Nodes {
    /// A process as it was last seen.
    ///
    /// @param since its start
    /// @param seen when it last said that it is there
    /// @param beat so often it says that
    /// @param draining whether it is to claim nothing more
    record Node(
            String name,
            String host,
            String version,
            Instant since,
            Instant seen,
            Duration beat,
            boolean draining) {
        /// So many beats may be missed before a node counts as lost.
        private static final int PATIENCE = 3;

        /// Whether it was silent for so long that it has most likely died, or stands still.
        public boolean lost(Instant now) {
            return now.isAfter(seen.plus(beat.multipliedBy(PATIENCE)));
        }
    }

    /// A piece of a task that a node has claimed.
    ///
    /// @param resource what the task is about
    /// @param part of the resource's snapshot; empty if the task is claimed as a whole
    /// @param done bytes that were reported so far
    /// @param bytes that are expected
    record Held(
            String node,
            TaskId task,
            Work.Action action,
            RegionId region,
            String resource,
            Optional<Integer> part,
            long done,
            long bytes,
            Instant until) {}

    /// What one node at a time does in a region. Nothing goes wrong if two do it, but it is done twice.
    enum Duty {
        /// Makes a new store the region's.
        FOUND,
        RECORD,
        COLLECT,
        SCRUB,
        HEAL
    }

    /// A process has started. What was known of one of this name is forgotten, and so are nodes that were not
    /// seen for long.
    void join(String name, String host, String version, Duration beat);

    /// The node is still there.
    void beat(String name);

    /// The node ends: it is forgotten, and its duties are anybody's.
    void leave(String name);

    /// @return nothing if there is no such node
    Optional<Node> find(String name);

    /// By name.
    List<Node> all();

    /// @return whether there is such a node
    boolean drain(String name, boolean draining);

    /// What is claimed, by node and task; at most `limit` pieces.
    List<Held> held(int limit);

    /// Whether the node has a duty, and for long enough that it need not take it again.
    ///
    /// @param length for which duties of this kind are taken
    boolean has(RegionId region, Duty duty, String node, Duration length);

    /// Takes a duty that nobody has, or keeps one that the node has.
    ///
    /// @return whether it is the node's now
    boolean take(RegionId region, Duty duty, String node, Duration length);
}
