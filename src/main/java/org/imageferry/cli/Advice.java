package org.imageferry.cli;

import org.imageferry.ecs.client.EcsFailure;

/// What a person can do about an error code.
final class Advice {
    private Advice() {}

    static String on(String code) {
        return switch (code) {
            case EcsFailure.UNREACHABLE -> "start one with ./imageferry serve";
            case EcsFailure.CONNECTION_LOST -> "see whether the server still runs, and try again";
            case EcsFailure.BAD_ANSWER -> "check that --endpoint names an imageferry server";
            case "InvalidAccessKeyId.NotFound", "InvalidAccessKeyId.Inactive" ->
                    "check ALIBABA_CLOUD_ACCESS_KEY_ID, or name the server's data folder with"
                            + " --data";
            case "SignatureDoesNotMatch", "IncompleteSignature" ->
                    "check ALIBABA_CLOUD_ACCESS_KEY_SECRET, or name the server's data folder with"
                            + " --data";
            case "InvalidTimeStamp.Expired" -> "set this machine's clock";
            case "InvalidImageId.NotFound" -> "'imageferry images --all' lists what there is";
            case "InvalidSnapshotId.NotFound" ->
                    "'imageferry snapshot list' lists what there is, and what is damaged";
            case "SnapshotCreatedImage" -> "'imageferry snapshot show' names its images";
            case "InvalidSnapshotName.Malformed" -> "choose another --name";
            case "InvalidRegionId.NotFound",
                    "SourceRegion.NotFound",
                    "DestinationRegion.NotFound",
                    "RegionNotSupportCopy" ->
                    "'imageferry regions' lists the regions";
            case "InvalidImageName.Duplicated", "InvalidImageName.Malformed" ->
                    "choose another --name";
            case "IncorrectImageStatus" -> "'imageferry show' tells the image's status";
            case "IncorrectDestinationRegion" -> "name another region with --to, or --encrypt";
            case "OperationDenied.ImageCopying",
                    "ImageIsImporting",
                    "ImageIsExporting",
                    "Operation.Conflict",
                    "InvalidOperation.DiskHasUnfinishedSnapshotCopy",
                    "InvalidTaskId.NotFound" ->
                    "'imageferry queue' lists what is under way";
            case "InvalidResourceId.NotFound" ->
                    "'imageferry images --all' and 'imageferry show' list what there is";
            case "OperationDenied.QuotaExceed" -> "take some with 'imageferry untag' first";
            case "InvalidResourceGroup.NotFound", "EntityNotExists.ResourceGroup" ->
                    "'imageferry group list' lists the groups";
            case "DeleteConflict.ResourceGroup.Resource" ->
                    "put what is in it into another with 'imageferry group join' first";
            case "QuotaExceed.Image", "QuotaExceed.Snapshot" ->
                    "delete some with 'imageferry delete'";
            case "ServiceUnavailable" -> "try again later";
            case "InternalError" -> "look for the request in the server's log";
            default -> "correct that and try again";
        };
    }
}
