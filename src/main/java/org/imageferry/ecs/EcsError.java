package org.imageferry.ecs;

import static org.imageferry.ecs.CommonErrors.*;
import static org.imageferry.ecs.CopyErrors.*;
import static org.imageferry.ecs.GatewayErrors.*;
import static org.imageferry.ecs.ImageErrors.*;
import static org.imageferry.ecs.SnapshotErrors.*;
import static org.imageferry.ecs.TagErrors.*;
import static org.imageferry.ecs.TaskErrors.*;
import static org.imageferry.ecs.TransferErrors.*;

import java.time.Duration;
import java.util.Map;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.ResourceId;
import org.imageferry.domain.TaskState;

/// An error as the wire shows it. The spelling is theirs, and so is one code for several causes.
///
/// @param advice what a person can do next, or about which value it is; the wire's `Recommend`
/// @param headers that the answer has besides the usual ones
public record EcsError(
        int status, String code, String message, String advice, Map<String, String> headers) {
    public EcsError {
        headers = Map.copyOf(headers);
    }

    public EcsError(int status, String code, String message, String advice) {
        this(status, code, message, advice, Map.of());
    }

    public EcsError(int status, String code, String message) {
        this(status, code, message, "docs/reference/errors.md says when " + code + " is sent.");
    }

    public EcsError advising(String next) {
        return new EcsError(status, code, message, next, headers);
    }

    public EcsError saying(String text) {
        return new EcsError(status, code, text, advice, headers);
    }

    /// Tells clients when to try again, in a header that those of Alibaba Cloud obey.
    EcsError retryAfter(Duration wait) {
        String milliseconds = Long.toString(wait.toMillis());
        return new EcsError(
                status, code, message, advice, Map.of("x-acs-retry-after", milliseconds));
    }

    /// The code of a refusal where its action has no code of its own for it; see [Action#error].
    public static EcsError of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.Malformed it -> malformed(it);
            case Refusal.TooManyTags _ -> TAG_COUNT;
            case Refusal.UnknownRegion _ -> UNKNOWN_REGION;
            case Refusal.UnknownSourceRegion _ -> UNKNOWN_SOURCE_REGION;
            case Refusal.UnknownDestinationRegion _ -> UNKNOWN_DESTINATION_REGION;
            case Refusal.RegionUnavailable it -> unavailable(it);
            case Refusal.UnknownImage _ -> UNKNOWN_IMAGE;
            case Refusal.ImageNotAvailable _ -> IMAGE_NOT_AVAILABLE;
            case Refusal.SourceSnapshotMissing _ -> SOURCE_SNAPSHOT_MISSING;
            case Refusal.NameTaken _ -> NAME_TAKEN;
            case Refusal.SameRegion _ -> SAME_REGION;
            case Refusal.ImageBeingCopied _ -> IMAGE_COPYING;
            case Refusal.ImageBeingImported _ -> IMAGE_IMPORTING;
            case Refusal.ImageBeingExported _ -> IMAGE_EXPORTING;
            case Refusal.ImageTooLarge it -> IMAGE_TOO_LARGE.advising(tooLarge(it));
            case Refusal.QuotaExceeded it -> quota(it);
            case Refusal.Barred it -> barred(it);
            case Refusal.Sharing it -> SharingErrors.of(it);
            case Refusal.Attribute it -> attribute(it);
            case Refusal.UnknownResourceGroup _ -> UNKNOWN_RESOURCE_GROUP;
            case Refusal.UnknownResource it -> UNKNOWN_RESOURCE.advising(unknown(it));
            case Refusal.Grouping it -> GroupErrors.of(it);
            case Refusal.NotACopy _ -> NOT_A_COPY;
            case Refusal.CopyEnded it -> ended(it.end());
            case Refusal.OfKeys it -> KeyErrors.of(it);
            case Refusal.UnknownSnapshot _ -> UNKNOWN_SNAPSHOT;
            case Refusal.SnapshotInUse _ -> SNAPSHOT_IN_USE;
            case Refusal.OfSnapshot it -> SnapshotErrors.of(it);
            case Refusal.UnknownTask _ -> UNKNOWN_TASK;
            case Refusal.UnknownNode _ -> TaskErrors.UNKNOWN_NODE;
            case Refusal.TaskEnded _ -> TASK_ENDED;
            case Refusal.TaskNotCancellable _ -> TASK_NOT_CANCELLABLE;
            case Refusal.UnknownBucket _ -> UNKNOWN_BUCKET;
            case Refusal.UnknownObject _ -> UNKNOWN_OBJECT;
            case Refusal.UnsupportedFormat it -> IMAGE_FORMAT.advising(it.reason());
            case Refusal.UploadMismatch it -> UPLOAD_MISMATCH.saying(it.reason());
            case Refusal.Access it -> AccessErrors.of(it);
            case Refusal.OfWebhook it -> WebhookErrors.of(it);
            case Refusal.TokenMismatch _ -> TOKEN_MISMATCH;
            case Refusal.NonceUsed _ -> NONCE_USED;
            case Refusal.DryRunPassed _ -> DRY_RUN_PASSED;
        };
    }

    /// An id that can't be one names nothing: its code is that of an unknown one.
    private static EcsError malformed(Refusal.Malformed malformed) {
        EcsError error =
                switch (malformed.what()) {
                    case "ImageId" -> UNKNOWN_IMAGE;
                    case "RegionId" -> UNKNOWN_REGION;
                    case "SnapshotId" -> UNKNOWN_SNAPSHOT;
                    case "SnapshotName" -> SNAPSHOT_NAME;
                    case "TaskId" -> UNKNOWN_TASK;
                    case "BucketName" -> UNKNOWN_BUCKET;
                    case "ResourceGroupId" -> UNKNOWN_RESOURCE_GROUP;
                    case "ResourceGroupName" -> GroupErrors.GROUP_NAME;
                    case "ObjectKey" -> OBJECT_KEY;
                    case "AccountName" -> AccessErrors.ACCOUNT_NAME;
                    case "UserName" -> AccessErrors.USER_NAME;
                    case "PolicyName" -> AccessErrors.POLICY_NAME;
                    case "AccessKeyId" -> AccessErrors.UNKNOWN_USER_KEY;
                    case "ImageName" -> IMAGE_NAME;
                    case "ImageFamily" -> FAMILY;
                    case "Description" -> DESCRIPTION;
                    case "TagKey" -> TAG_KEY;
                    case "TagValue" -> TAG_VALUE;
                    default -> PARAMETER_FORMAT;
                };
        return error.advising(malformed.what() + " can't be \"" + malformed.text() + "\".");
    }

    private static EcsError unavailable(Refusal.RegionUnavailable refusal) {
        return UNAVAILABLE.saying(
                UNAVAILABLE.message() + " " + refusal.region() + ": " + refusal.reason());
    }

    private static String unknown(Refusal.UnknownResource refusal) {
        ResourceId id = refusal.resource();
        return "There is no " + id.type().text() + " " + id.value() + " of this account there.";
    }

    private static String tooLarge(Refusal.ImageTooLarge refusal) {
        return "It has " + refusal.bytes() + " bytes; the region takes " + refusal.most() + ".";
    }

    private static EcsError quota(Refusal.QuotaExceeded refusal) {
        EcsError error =
                switch (refusal.quota()) {
                    case IMAGES -> IMAGE_QUOTA;
                    case SNAPSHOTS -> SNAPSHOT_QUOTA;
                    case SHARED_IMAGES -> SharingErrors.SHARED_IMAGES;
                    case IMAGE_ACCOUNTS -> SharingErrors.SHARED_ACCOUNTS;
                    case IMAGE_GIB -> IMAGE_TOO_LARGE;
                    case RESOURCE_GROUPS, REQUESTS_PER_SECOND ->
                            throw new IllegalStateException(
                                    "refused otherwise: " + refusal.quota());
                };
        return error.advising(
                "The account's quota " + refusal.quota().text() + " is " + refusal.most() + ".");
    }

    private static EcsError barred(Refusal.Barred barred) {
        return switch (barred) {
            case Refusal.Barred.RegionNotCopying it ->
                    REGION_NOT_COPYING.advising("It is " + it.region() + " that takes no part.");
            case Refusal.Barred.Destination it ->
                    BARRED_DESTINATION.advising(
                            "Nothing is copied from "
                                    + it.source()
                                    + " to "
                                    + it.destination()
                                    + ".");
            case Refusal.Barred.SnapshotTooOld it ->
                    SNAPSHOT_TOO_OLD.advising("Copied are snapshots from " + it.oldest() + " on.");
        };
    }

    private static EcsError attribute(Refusal.Attribute attribute) {
        return switch (attribute) {
            case Refusal.Attribute.NotAvailable _ -> STATUS_NOT_AVAILABLE;
            case Refusal.Attribute.NotDeprecated _ -> STATUS_NOT_DEPRECATED;
            case Refusal.Attribute.ImdsStays _ -> IMDS_STAYS;
            case Refusal.Attribute.BootMode it ->
                    BOOT_MODE_OF_ARCHITECTURE.advising(
                            it.architecture() + " does not boot by " + it.bootMode() + ".");
        };
    }

    private static EcsError ended(TaskState.Ended end) {
        return switch (end) {
            case TaskState.Done _ -> COPY_COMPLETED;
            case TaskState.Failed it -> COPY_FAILED.advising(it.reason());
            case TaskState.Cancelled _ -> UNKNOWN_IMAGE;
        };
    }
}
