package org.imageferry.ecs.action;

import java.util.Optional;
import org.imageferry.copy.ImageChange;
import org.imageferry.copy.ImageChanges;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.Description;
import org.imageferry.domain.ImageFamily;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageName;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.EcsError;
import org.imageferry.ecs.GatewayErrors;
import org.imageferry.ecs.ImageErrors;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;

/// Changes what is said of an image. What is not given stays; a description or a family that is given
/// empty is taken away. Source: ECS API 2014-05-26, ModifyImageAttribute.
final class ModifyImageAttribute implements Action {
    private final ImageChanges changes;
    private final RegionMap regions;

    ModifyImageAttribute(Engine engine) {
        this.changes = engine.imageChanges();
        this.regions = engine.regions();
    }

    @Override
    public String name() {
        return "ModifyImageAttribute";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        RegionId region = Asked.region(request.parameters(), regions);
        ImageId image = Asked.image(request.parameters());
        ImageChange change = read(request.parameters());
        return new Prepared(
                Touched.image(region, image),
                () -> {
                    changes.modify(request.caller(), region, image, change);
                    return Trees.tree();
                });
    }

    private static ImageChange read(Parameters parameters) {
        return new ImageChange(
                parameters.find("ImageName").map(ImageName::new),
                given(parameters, "Description").map(Description::new),
                parameters.find("ImageFamily").map(ImageFamily::new),
                given(parameters, "ImageFamily").equals(Optional.of("")),
                ImageAsked.bootMode(parameters),
                ImageAsked.nvmeSupport(parameters),
                ImageAsked.imdsSupport(parameters),
                ImageAsked.licenseType(parameters),
                deprecated(parameters),
                parameters.is("DryRun"));
    }

    private static Optional<String> given(Parameters parameters, String name) {
        return Optional.ofNullable(parameters.all().get(name));
    }

    /// The page has no code for another value.
    private static Optional<Boolean> deprecated(Parameters parameters) {
        EcsError error =
                GatewayErrors.PARAMETER_FORMAT.advising("Status must be Deprecated or Available.");
        return ImageAsked.oneOf(parameters, "Status", error, "Deprecated", "Available")
                .map("Deprecated"::equals);
    }

    @Override
    public EcsError error(Refusal refusal) {
        return switch (refusal) {
            case Refusal.NameTaken _ -> ImageErrors.NAME_USED;
            case Refusal _ -> EcsError.of(refusal);
        };
    }
}
