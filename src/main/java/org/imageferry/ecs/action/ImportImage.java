package org.imageferry.ecs.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.imageferry.copy.Accepted;
import org.imageferry.copy.Caller;
import org.imageferry.copy.ImageImports;
import org.imageferry.copy.ImportRequest;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.BucketName;
import org.imageferry.domain.Description;
import org.imageferry.domain.Features;
import org.imageferry.domain.ImageName;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.Platform;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.CommonErrors;
import org.imageferry.ecs.EcsError;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.GatewayErrors;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ObjectNode;

/// Makes an image of objects in buckets. Source: ECS API 2014-05-26, ImportImage.
final class ImportImage implements Action {
    private static final int MOST_DISKS = 17;
    private static final int MOST_PLATFORM_CHARS = 64;
    private static final String DISKS = "DiskDeviceMapping";

    private final ImageImports imports;
    private final RegionMap regions;

    ImportImage(Engine engine) {
        this.imports = engine.imports();
        this.regions = engine.regions();
    }

    @Override
    public String name() {
        return "ImportImage";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        ImportRequest asked = read(request.parameters());
        return new Prepared(
                Touched.images(asked.region()), () -> importImage(request.caller(), asked));
    }

    private ObjectNode importImage(Caller caller, ImportRequest asked) {
        Accepted accepted = imports.importImage(caller, asked);
        ObjectNode tree = Trees.tree();
        tree.put("ImageId", accepted.image().value());
        tree.put("RegionId", asked.region().value());
        tree.put("TaskId", accepted.task().value());
        tree.put("ImportTaskId", accepted.task().value()); // so called in the page's sample
        return tree;
    }

    private ImportRequest read(Parameters parameters) {
        RegionId region = Asked.region(parameters, regions);
        return new ImportRequest(
                region,
                disks(parameters),
                parameters.find("ImageName").map(ImageName::new),
                new Description(parameters.text("Description")),
                platform(parameters),
                features(parameters),
                Asked.wantedGroup(parameters),
                Asked.tags(parameters),
                parameters.is("DryRun"),
                Asked.token(parameters));
    }

    private static Features features(Parameters parameters) {
        Features usual = Features.DEFAULT;
        return new Features(
                ImageAsked.nvmeSupport(parameters).orElse(usual.nvmeSupport()),
                ImageAsked.imdsSupport(parameters).orElse(usual.imdsSupport()),
                ImageAsked.licenseType(parameters).orElse(usual.licenseType()));
    }

    private static List<ImportRequest.DiskSource> disks(Parameters parameters) {
        SortedMap<Integer, SortedMap<String, String>> items = parameters.list(DISKS);
        if (items.isEmpty()) {
            throw new EcsException(
                    new EcsError(
                            403,
                            "MissingParameter.DiskDeviceMapping",
                            "The specified parameter DiskDeviceMapping is not supplied."));
        }
        if (items.size() > MOST_DISKS) {
            throw new EcsException(
                    GatewayErrors.PARAMETER_FORMAT.advising(
                            "An image has at most " + MOST_DISKS + " disks."));
        }
        List<ImportRequest.DiskSource> disks = new ArrayList<>();
        items.forEach((index, item) -> disks.add(disk(index, item)));
        return disks;
    }

    private static ImportRequest.DiskSource disk(int index, Map<String, String> item) {
        return new ImportRequest.DiskSource(
                new BucketName(require(index, item, "OSSBucket")),
                new ObjectKey(require(index, item, "OSSObject")),
                Optional.ofNullable(item.get("Format")).filter(it -> !it.isEmpty()));
    }

    private static String require(int index, Map<String, String> item, String field) {
        String value = item.getOrDefault(field, "");
        if (value.isEmpty()) {
            throw new EcsException(CommonErrors.missing(DISKS + "." + index + "." + field));
        }
        return value;
    }

    private static Platform platform(Parameters parameters) {
        Platform usual = Platform.DEFAULT;
        return new Platform(
                oneOf(
                        parameters,
                        "Architecture",
                        usual.architecture(),
                        malformed("Architecture"),
                        "i386",
                        "x86_64",
                        "arm64"),
                oneOf(
                        parameters,
                        "OSType",
                        usual.osType(),
                        malformed("OSType"),
                        "linux",
                        "windows"),
                platformName(parameters, usual.platform()),
                oneOf(
                        parameters,
                        "BootMode",
                        usual.bootMode(),
                        GatewayErrors.PARAMETER_FORMAT.advising(
                                "BootMode must be BIOS, UEFI or UEFI-Preferred."),
                        "BIOS",
                        "UEFI",
                        "UEFI-Preferred"));
    }

    /// Any short text: the list of systems grows with every release of the page.
    private static String platformName(Parameters parameters, String otherwise) {
        String name = parameters.find("Platform").orElse(otherwise);
        if (name.length() > MOST_PLATFORM_CHARS || name.chars().anyMatch(c -> c < ' ')) {
            throw new EcsException(malformed("Platform"));
        }
        return name;
    }

    private static String oneOf(
            Parameters parameters,
            String name,
            String otherwise,
            EcsError error,
            String... values) {
        String value = parameters.find(name).orElse(otherwise);
        if (!List.of(values).contains(value)) {
            throw new EcsException(error);
        }
        return value;
    }

    private static EcsError malformed(String name) {
        return new EcsError(
                400,
                "Invalid" + name + ".Malformed",
                "The specified " + name + " is wrongly formed.");
    }

    @Override
    public EcsError error(Refusal refusal) {
        EcsError error = Asked.taskError(refusal);
        return switch (refusal) {
            case Refusal.ImageTooLarge _ -> new EcsError(400, "InvalidImageSize", error.advice());
            case Refusal _ -> error;
        };
    }
}
