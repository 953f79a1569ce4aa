package org.imageferry.ecs.action;

import java.util.Set;
import org.imageferry.copy.ImageSharing;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;

/// Takes an image out of the marketplace. Copies of it stay, and those that are under way go on.
final class UnpublishImage implements Action {
    private final ImageSharing sharing;
    private final RegionMap regions;

    UnpublishImage(Engine engine) {
        this.sharing = engine.imageSharing();
        this.regions = engine.regions();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "UnpublishImage";
    }

    @Override
    public Audience audience() {
        return Audience.ADMINISTRATORS;
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
                    sharing.publish(request.caller(), region, image, Set.of());
                    return Trees.tree();
                });
    }
}
