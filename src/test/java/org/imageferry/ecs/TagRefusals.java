package org.imageferry.ecs;

import static org.imageferry.ecs.EcsErrorTest.row;

import java.util.stream.Stream;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.ResourceGroupName;

/// The refusals about tags and groups, and their words.
final class TagRefusals {
    private static final ImageId IMAGE = new ImageId("m-" + "0".repeat(20));
    private static final ResourceGroupId GROUP = new ResourceGroupId("rg-aaaaa");

    private TagRefusals() {}

    static Stream<EcsErrorTest.Row> rows() {
        return Stream.of(
                row(
                        new Refusal.Malformed("ResourceGroupId", "web"),
                        "404 InvalidResourceGroup.NotFound",
                        "The ResourceGroup provided does not exist in our records."),
                row(
                        new Refusal.Malformed("ResourceGroupName", "1"),
                        "400 InvalidParameter.Name.InvalidChars",
                        "The Name is invalid."),
                row(
                        new Refusal.UnknownResourceGroup(GROUP),
                        "404 InvalidResourceGroup.NotFound",
                        "The ResourceGroup provided does not exist in our records."),
                row(
                        new Refusal.UnknownResource(IMAGE),
                        "404 InvalidResourceId.NotFound",
                        "The specified ResourceIds are not found in our records."),
                row(
                        new Refusal.Grouping.NameTaken(new ResourceGroupName("web")),
                        "409 EntityAlreadyExists.ResourceGroup",
                        "The resource group already exists."),
                row(
                        new Refusal.Grouping.TooMany(30),
                        "409 LimitExceeded.ResourceGroup",
                        "The maximum number of resource groups is exceeded."),
                row(
                        new Refusal.Grouping.NotEmpty(GROUP),
                        "409 DeleteConflict.ResourceGroup.Resource",
                        "The resource group contains resources."),
                row(
                        new Refusal.Grouping.Standard(GROUP),
                        "409 DeleteConflict.ResourceGroup.Default",
                        "The default resource group can not be deleted."),
                row(
                        new Refusal.Grouping.InIt(IMAGE, GROUP),
                        "403 InvalidResourceGroup.Duplicate",
                        "The ResourceId provided has a ResourceGroup in our records."));
    }
}
