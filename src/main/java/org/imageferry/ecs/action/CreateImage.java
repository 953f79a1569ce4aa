package org.imageferry.ecs.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imageferry.copy.CreationRequest;
import org.imageferry.copy.ImageCreations;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.Description;
import org.imageferry.domain.ImageFamily;
import org.imageferry.domain.ImageName;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.EcsError;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.ImageErrors;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.SnapshotErrors;
import org.imageferry.ecs.Touched;

/// Makes an image of snapshots. There are no instances to make one of. `ImageVersion` is checked, and
/// not kept. Source: ECS API 2014-05-26, CreateImage.
final class CreateImage implements Action {
    private static final int MOST_TEXT_CHARS = 100;
    private static final int MOST_VERSION_CHARS = 40;

    private final ImageCreations creations;
    private final RegionMap regions;

    CreateImage(Engine engine) {
        this.creations = engine.creations();
        this.regions = engine.regions();
    }

    @Override
    public String name() {
        return "CreateImage";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        CreationRequest asked = read(request.parameters());
        return new Prepared(
                touched(asked),
                () ->
                        Trees.tree()
                                .put("ImageId", creations.create(request.caller(), asked).value()));
    }

    private static List<Touched> touched(CreationRequest asked) {
        List<Touched> touched = new ArrayList<>();
        touched.add(Touched.images(asked.region()));
        asked.disks().forEach(disk -> touched.add(Touched.snapshot(disk.snapshot())));
        return touched;
    }

    private CreationRequest read(Parameters parameters) {
        RegionId region = Asked.region(parameters, regions);
        if (parameters.find("InstanceId").isPresent()) {
            throw new EcsException(
                    SnapshotErrors.UNKNOWN_INSTANCE.advising(
                            "There are no instances here: name a SnapshotId."));
        }
        checkVersion(parameters);
        return new CreationRequest(
                region,
                DisksAsked.of(parameters),
                parameters.find("ImageName").map(ImageName::new),
                new Description(parameters.text("Description")),
                parameters.find("ImageFamily").map(ImageFamily::new),
                guest(parameters),
                Asked.wantedGroup(parameters),
                Asked.tags(parameters),
                parameters.is("DryRun"),
                Asked.token(parameters));
    }

    private static CreationRequest.Guest guest(Parameters parameters) {
        return new CreationRequest.Guest(
                ImageAsked.oneOf(
                        parameters,
                        "Architecture",
                        malformed("Architecture"),
                        "i386",
                        "x86_64",
                        "arm64"),
                platform(parameters),
                ImageAsked.bootMode(parameters),
                ImageAsked.imdsSupport(parameters));
    }

    /// Any short text: the list of systems grows with every release of the page.
    private static Optional<String> platform(Parameters parameters) {
        Optional<String> name = parameters.find("Platform");
        if (name.isPresent()
                && (name.get().length() > MOST_TEXT_CHARS
                        || name.get().chars().anyMatch(c -> c < ' '))) {
            throw new EcsException(malformed("Platform"));
        }
        return name;
    }

    private static EcsError malformed(String name) {
        return new EcsError(
                400,
                "Invalid" + name + ".Malformed",
                "The specified " + name + " is wrongly formed.");
    }

    private static void checkVersion(Parameters parameters) {
        String version = parameters.text("ImageVersion");
        boolean printable = version.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (!printable || version.length() > MOST_VERSION_CHARS) {
            throw new EcsException(SnapshotErrors.IMAGE_VERSION);
        }
    }

    /// The page has words of its own for these.
    @Override
    public EcsError error(Refusal refusal) {
        EcsError error = EcsError.of(refusal);
        return switch (refusal) {
            case Refusal.NameTaken _ -> ImageErrors.NAME_USED;
            case Refusal.TokenMismatch _ -> SnapshotErrors.TOKEN_WITH_OTHERS;
            case Refusal.Barred.SnapshotTooOld _ ->
                    SnapshotErrors.IMAGE_OF_TOO_OLD.advising(error.advice());
            case Refusal _ -> error;
        };
    }
}
