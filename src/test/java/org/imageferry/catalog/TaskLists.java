package org.imageferry.catalog;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.Work;

/// Makes queries for tasks of an account with one filter each.
record TaskLists(AccountId account) {
    Tasks.Query query() {
        return in(Optional.empty());
    }

    Tasks.Query in(RegionId region) {
        return in(Optional.of(region));
    }

    private Tasks.Query in(Optional<RegionId> region) {
        return new Tasks.Query(
                account,
                region,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty());
    }

    Tasks.Query ids(Set<TaskId> ids) {
        return filter(ids, Set.of(), Set.of(), Set.of());
    }

    Tasks.Query actions(Set<Work.Action> actions) {
        return filter(Set.of(), actions, Set.of(), Set.of());
    }

    Tasks.Query statuses(Set<Tasks.Status> statuses) {
        return filter(Set.of(), Set.of(), statuses, Set.of());
    }

    Tasks.Query images(Set<ImageId> images) {
        return filter(
                Set.of(),
                Set.of(),
                Set.of(),
                images.stream().map(ImageId::value).collect(Collectors.toSet()));
    }

    private Tasks.Query filter(
            Set<TaskId> ids,
            Set<Work.Action> actions,
            Set<Tasks.Status> statuses,
            Set<String> resources) {
        return new Tasks.Query(
                account,
                Optional.empty(),
                ids,
                actions,
                statuses,
                resources,
                Optional.empty(),
                Optional.empty());
    }

    Tasks.Query created(Optional<Instant> from, Optional<Instant> to) {
        return new Tasks.Query(
                account, Optional.empty(), Set.of(), Set.of(), Set.of(), Set.of(), from, to);
    }
}
