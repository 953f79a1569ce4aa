package org.imageferry.copy;

import java.util.List;
import java.util.Optional;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Progress;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.TaskState;
import org.imageferry.domain.Work;

/// Takes requests to read and check all blocks of an image, or of all the account has in a region.
public final class Verifications {
    private final Changes changes;
    private final RegionMap regions;
    private final Ids ids;

    public Verifications(Changes changes, RegionMap regions, Ids ids) {
        this.changes = changes;
        this.regions = regions;
        this.ids = ids;
    }

    /// @param image empty for all the account's snapshots in the region
    /// @throws RefusedException `UnknownRegion`, `UnknownImage`
    public TaskId verify(Caller caller, RegionId region, Optional<ImageId> image) {
        regions.readable(region, new Refusal.UnknownRegion(region));
        return changes.make(
                caller,
                tables -> {
                    image.ifPresent(id -> Owned.image(tables, caller.account(), region, id));
                    Task task =
                            new Task(
                                    ids.task(),
                                    caller.account(),
                                    region,
                                    image,
                                    new Work.VerifyImages(image),
                                    new TaskState.Waiting(),
                                    tables.regions().nextTicket(region),
                                    tables.now(),
                                    Progress.NONE);
                    tables.tasks().insert(task, List.of());
                    return task.id();
                });
    }
}
