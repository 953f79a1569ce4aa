package org.imageferry.cli;

import java.util.List;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The image that a command is about, in the region that has it.
final class ImageInRegion {
    @Parameters(paramLabel = "IMAGE", description = "The image's id.")
    private String image = "";

    @Option(
            names = "--region",
            required = true,
            paramLabel = "REGION",
            description = "The region that has the image.")
    private String region = "";

    String id() {
        return image;
    }

    String region() {
        return region;
    }

    Call about(Call call) {
        return call.with("RegionId", region).with("ImageId", image);
    }

    ObjectNode find(Api api) throws EcsFailure, CommandFailure {
        return api.image(image, List.of(region));
    }

    /// What a result begins with.
    ObjectNode tree() {
        return JsonNodeFactory.instance.objectNode().put("RegionId", region).put("ImageId", image);
    }

    /// Such as `m-1 in cn-hangzhou`.
    @Override
    public String toString() {
        return image + " in " + region;
    }
}
