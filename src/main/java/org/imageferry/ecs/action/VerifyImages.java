package org.imageferry.ecs.action;

import org.imageferry.copy.RegionMap;
import org.imageferry.copy.Verifications;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;

/// Has all blocks of an image read and checked, or of all the caller's snapshots in a region.
final class VerifyImages implements Action {
    private final Verifications verifications;
    private final RegionMap regions;

    VerifyImages(Engine engine) {
        this.verifications = engine.verifications();
        this.regions = engine.regions();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "VerifyImages";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        Parameters parameters = request.parameters();
        RegionId region = Asked.region(parameters, regions);
        var image = parameters.find("ImageId").map(ImageId::new);
        return new Prepared(
                image.map(id -> Touched.image(region, id)).orElse(Touched.images(region)),
                () -> {
                    String task = verifications.verify(request.caller(), region, image).value();
                    return Trees.tree().put("TaskId", task);
                });
    }
}
