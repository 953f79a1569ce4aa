package org.imageferry.ecs.action;

import org.imageferry.copy.ImageCopies;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;

/// Ends a copy. Region and image are the copy's own. Source: ECS API 2014-05-26, CancelCopyImage.
final class CancelCopyImage implements Action {
    private final ImageCopies copies;
    private final RegionMap regions;

    CancelCopyImage(Engine engine) {
        this.copies = engine.copies();
        this.regions = engine.regions();
    }

    @Override
    public String name() {
        return "CancelCopyImage";
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
                    copies.cancel(request.caller(), region, image);
                    return Trees.tree();
                });
    }
}
