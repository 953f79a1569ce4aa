package org.imageferry.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.imageferry.cli.Followed.Outcome;
import org.imageferry.cli.Interruption.Guard;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import org.imageferry.ecs.client.RemoteObject;
import tools.jackson.databind.node.ObjectNode;

/// Makes an image of a file: uploads it, has it imported, waits, and tidies up.
final class ImageImport {
    private final Surroundings surroundings;
    private final Api api;

    ImageImport(Surroundings surroundings, Api api) {
        this.surroundings = surroundings;
        this.api = api;
    }

    /// @param importImage the call, with all but the disk
    /// @param format as declared; empty lets the server look
    /// @return the image's story, once it is `Available`; just ids when detached
    ObjectNode run(Path file, Call importImage, String format, boolean detached)
            throws EcsFailure, IOException, CommandFailure {
        String region = importImage.parameters().getOrDefault("RegionId", "");
        String name = importImage.parameters().getOrDefault("ImageName", "");
        refuseTakenName(region, name);
        RemoteObject object = new FileUpload(surroundings, api, file, region).run();
        Call call =
                importImage
                        .with("DiskDeviceMapping.1.OSSBucket", object.bucket())
                        .with("DiskDeviceMapping.1.OSSObject", object.key())
                        .with("DiskDeviceMapping.1.Format", format.toUpperCase(Locale.ROOT));
        ObjectNode accepted = api.call(call.once(surroundings.nonces().get()));
        accepted.put("RegionId", region);
        return detached ? accepted : finish(accepted, name, object);
    }

    /// Hours of upload should not end with a name that was taken all along.
    private void refuseTakenName(String region, String name) throws EcsFailure, CommandFailure {
        for (ObjectNode image : api.images(region, Api.anyImages().with("ImageName", name))) {
            boolean taken = !Api.text(image, "Status").equals("CreateFailed");
            if (taken && Api.text(image, "ImageName").equals(name)) {
                throw new CommandFailure(
                        "there is an image %s in %s already, %s; choose another --name"
                                .formatted(name, region, Api.text(image, "ImageId")));
            }
        }
    }

    private ObjectNode finish(ObjectNode accepted, String name, RemoteObject object)
            throws EcsFailure, CommandFailure {
        String region = Api.text(accepted, "RegionId");
        String image = Api.text(accepted, "ImageId");
        Followed task =
                new Followed.Task(region, "import of " + name, Api.text(accepted, "TaskId"));
        Outcome outcome;
        String goesOn =
                "the import goes on; follow it with: imageferry queue --watch; cancel it with:"
                        + " imageferry cancel "
                        + image;
        try (Guard _ = surroundings.whenInterrupted(goesOn)) {
            outcome = new Follower(surroundings, api, List.of(task)).follow().getFirst();
        }
        if (outcome instanceof Outcome.Failed failed) {
            throw new CommandFailure(
                    failed.reason() + "; 'imageferry delete " + image + "' forgets the image");
        }
        api.buckets().delete(object);
        return api.detail(region, image);
    }
}
