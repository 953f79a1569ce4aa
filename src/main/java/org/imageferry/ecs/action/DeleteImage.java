package org.imageferry.ecs.action;

import org.imageferry.copy.Deletions;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.EcsError;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.SharingErrors;
import org.imageferry.ecs.Touched;

/// Deletes an image, not its snapshots. `Force` changes nothing: there are no instances here. Source:
/// ECS API 2014-05-26, DeleteImage.
final class DeleteImage implements Action {
    private final Deletions deletions;
    private final RegionMap regions;

    DeleteImage(Engine engine) {
        this.deletions = engine.deletions();
        this.regions = engine.regions();
    }

    @Override
    public String name() {
        return "DeleteImage";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        RegionId region = Asked.region(request.parameters(), regions);
        ImageId image = Asked.image(request.parameters());
        return new Prepared(
                Touched.image(region, image),
                () -> {
                    deletions.deleteImage(request.caller(), region, image);
                    return Trees.tree();
                });
    }

    @Override
    public EcsError error(Refusal refusal) {
        EcsError error = EcsError.of(refusal);
        return switch (refusal) {
            case Refusal.ImageBeingCopied _ ->
                    error.saying("The image is being copied. Please use the CancelCopyImage API.");
            case Refusal.Sharing.Shared _ -> SharingErrors.SHARED_NOT_DELETED;
            case Refusal.Sharing.Public _ -> SharingErrors.PUBLIC_NOT_DELETED;
            case Refusal.ImageBeingExported _ ->
                    error.saying(
                            "The specified image is currently being exported. You can use the"
                                    + " DescribeTasks API to check the status of related tasks and"
                                    + " cancel them if needed.");
            case Refusal _ -> error;
        };
    }
}
