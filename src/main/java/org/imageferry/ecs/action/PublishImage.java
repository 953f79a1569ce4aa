package org.imageferry.ecs.action;

import java.util.LinkedHashSet;
import java.util.Set;
import org.imageferry.copy.ImageSharing;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.CommonErrors;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;

/// Puts an image of an administrator's account into the marketplace: everybody may see it, and copy it
/// into the regions that are named. A second call names them anew.
final class PublishImage implements Action {
    private final ImageSharing sharing;
    private final RegionMap regions;

    PublishImage(Engine engine) {
        this.sharing = engine.imageSharing();
        this.regions = engine.regions();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "PublishImage";
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
        Set<RegionId> into = into(request.parameters());
        return new Prepared(
                Touched.image(region, image),
                () -> {
                    sharing.publish(request.caller(), region, image, into);
                    return Trees.tree();
                });
    }

    private static Set<RegionId> into(Parameters parameters) {
        Set<RegionId> into = new LinkedHashSet<>();
        parameters
                .list("Region")
                .values()
                .forEach(item -> into.add(new RegionId(item.getOrDefault("", ""))));
        if (into.isEmpty()) {
            throw new EcsException(CommonErrors.missing("Region.1"));
        }
        return into;
    }
}
