package org.imageferry.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceId;
import org.imageferry.domain.ResourceType;
import org.imageferry.domain.Tags;

/// Images and snapshots by their tags. To change them is [Images]' and [Snapshots]' own.
public interface TaggedResources {
    /// What a text must be.
    sealed interface Match {
        record Exactly(String text) implements Match {}

        /// A `*` stands for any characters.
        record Like(String wildcards) implements Match {}
    }

    /// A tag that a resource must have.
    ///
    /// @param values what its value may be; anything if there are none
    record Wanted(Match key, List<Match> values) {
        public Wanted {
            values = List.copyOf(values);
        }
    }

    /// Which resources to list.
    ///
    /// @param ids only these; any if there are none
    /// @param tags all of them must be there
    record Query(
            AccountId account,
            RegionId region,
            ResourceType type,
            Set<String> ids,
            List<Wanted> tags) {
        public Query {
            ids = Set.copyOf(ids);
            tags = List.copyOf(tags);
        }
    }

    /// A resource that has tags.
    ///
    /// @param created when it was made
    record Tagged(ResourceId id, Instant created, Tags tags) {}

    /// A place in the order of [#list]: that of a resource of this age and id, even if it is gone.
    record Place(Instant created, String id) {}

    /// Newest first, then by id. What has no tags is not among them.
    ///
    /// @param from where to begin: with what stands there, if anything does
    List<Tagged> list(Query query, Optional<Place> from, int limit);

    /// Which tags to count; what is empty does not filter.
    ///
    /// @param tags those that match one of them count
    record Census(
            AccountId account,
            RegionId region,
            Optional<ResourceType> type,
            Optional<String> resource,
            List<Wanted> tags) {
        public Census {
            tags = List.copyOf(tags);
        }
    }

    /// A tag, and how many have it.
    record Counted(String key, String value, int images, int snapshots) {}

    /// By key, then by value.
    Page<Counted> count(Census census, int offset, int limit);
}
