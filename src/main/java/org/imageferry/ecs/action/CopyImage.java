package org.imageferry.ecs.action;

import java.util.List;
import java.util.Locale;
import org.imageferry.copy.CopyRequest;
import org.imageferry.copy.ImageCopies;
import org.imageferry.domain.BlockCheck;
import org.imageferry.domain.Description;
import org.imageferry.domain.ImageName;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.AccessErrors;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.CopyErrors;
import org.imageferry.ecs.EcsError;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;

/// Copies an image to another region. Source: ECS API 2014-05-26, CopyImage; `Check` is ours.
final class CopyImage implements Action {
    private final ImageCopies copies;

    CopyImage(Engine engine) {
        this.copies = engine.copies();
    }

    @Override
    public String name() {
        return "CopyImage";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        CopyRequest asked = read(request.parameters());
        return new Prepared(
                touched(asked),
                () -> Trees.tree().put("ImageId", copies.copy(request.caller(), asked).value()));
    }

    /// The image that is read, and the region that gets another. Source: CopyImage, "Authorization
    /// information".
    private static List<Touched> touched(CopyRequest asked) {
        RegionId destination = asked.destination().orElse(asked.sourceRegion());
        return List.of(
                Touched.image(asked.sourceRegion(), asked.source()), Touched.images(destination));
    }

    private static CopyRequest read(Parameters parameters) {
        String imageId = parameters.require("ImageId");
        String region = parameters.require("RegionId");
        CopyRequest asked =
                new CopyRequest(
                        new org.imageferry.domain.ImageId(imageId),
                        Asked.parse(region, RegionId::new, CopyErrors.UNKNOWN_SOURCE_REGION),
                        parameters
                                .find("DestinationRegionId")
                                .map(it ->
                                        Asked.parse(
                                                it,
                                                RegionId::new,
                                                CopyErrors.UNKNOWN_DESTINATION_REGION)),
                        parameters.find("DestinationImageName").map(ImageName::new),
                        new Description(parameters.text("DestinationDescription")),
                        Asked.wantedGroup(parameters),
                        Asked.tags(parameters),
                        parameters.flag("Encrypted"),
                        parameters.find("KMSKeyId"),
                        parameters.is("DryRun"),
                        Asked.token(parameters),
                        parameters.find("Check").map(BlockCheck::of).orElse(BlockCheck.STORED));
        checkAlgorithm(parameters);
        return asked;
    }

    private static void checkAlgorithm(Parameters parameters) {
        String algorithm = parameters.text("EncryptAlgorithm").toLowerCase(Locale.ROOT);
        if (algorithm.isEmpty()) {
            return;
        }
        if (!parameters.is("Encrypted")) {
            throw new EcsException(CopyErrors.ALGORITHM_WITHOUT_ENCRYPTION);
        }
        if (!algorithm.equals("aes-256")) {
            throw new EcsException(CopyErrors.ENCRYPT_ALGORITHM);
        }
    }

    @Override
    public EcsError error(Refusal refusal) {
        EcsError error = EcsError.of(refusal);
        return switch (refusal) {
            case Refusal.Malformed it when it.what().equals("ImageName") ->
                    CopyErrors.DESTINATION_IMAGE_NAME.advising(error.advice());
            case Refusal.Malformed it when it.what().equals("Description") ->
                    CopyErrors.DESTINATION_DESCRIPTION.advising(error.advice());
            case Refusal.Access.Forbidden it ->
                    AccessErrors.forbidden(AccessErrors.COPY_FORBIDDEN, it);
            case Refusal _ -> error;
        };
    }
}
