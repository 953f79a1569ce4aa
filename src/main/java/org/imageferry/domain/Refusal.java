package org.imageferry.domain;

import java.time.Instant;

/// Why something was refused, with its facts. The edges give each its code and words.
public sealed interface Refusal {
    /// A text that is no `what`: `ImageId`, `ImageName`, `Description`, `TagKey`, …
    record Malformed(String what, String text) implements Refusal {}

    record TooManyTags(int count) implements Refusal {}

    record UnknownRegion(RegionId region) implements Refusal {}

    record UnknownSourceRegion(RegionId region) implements Refusal {}

    record UnknownDestinationRegion(RegionId region) implements Refusal {}

    /// The region's store is missing, full or not ours; the reason says which and what to do.
    record RegionUnavailable(RegionId region, String reason) implements Refusal {}

    /// There is no such image for this account in this region.
    record UnknownImage(ImageId image) implements Refusal {}

    record ImageNotAvailable(ImageId image, ImageState state) implements Refusal {}

    /// A snapshot of the source image is gone or damaged.
    record SourceSnapshotMissing(SnapshotId snapshot) implements Refusal {}

    record NameTaken(ImageName name) implements Refusal {}

    /// An own, unencrypted image can't be copied into the region where it is.
    record SameRegion(RegionId region) implements Refusal {}

    /// An open copy reads this image, or brings it: it can't be copied there again, or deleted.
    record ImageBeingCopied(ImageId image) implements Refusal {}

    record ImageBeingImported(ImageId image) implements Refusal {}

    record ImageBeingExported(ImageId image) implements Refusal {}

    /// More than the region takes, or the account may have, in bytes of one image.
    record ImageTooLarge(long bytes, long most) implements Refusal {}

    /// The account has as much of it as it may.
    record QuotaExceeded(Quota quota, long most) implements Refusal {}

    /// What a region's rules, or what is known of a snapshot, keep from being copied.
    sealed interface Barred extends Refusal {
        /// Nothing is copied out of this region or into it.
        record RegionNotCopying(RegionId region) implements Barred {}

        /// Nothing is copied from there to there.
        record Destination(RegionId source, RegionId destination) implements Barred {}

        record SnapshotTooOld(SnapshotId snapshot, Instant oldest) implements Barred {}
    }

    /// What may not be done with images that others see, or that others own.
    sealed interface Sharing extends Refusal {
        /// Everybody may see it, nobody but its owner may copy it.
        record CommunityImage(ImageId image) implements Sharing {}

        /// It is shared with this account, which may copy it within its region only.
        record SharedElsewhere(ImageId image) implements Sharing {}

        /// It is in the marketplace, but not of this region.
        record NotPublished(ImageId image, RegionId destination) implements Sharing {}

        /// The image is shared with other accounts.
        record Shared(ImageId image) implements Sharing {}

        /// Everybody sees the image, or it is in the marketplace.
        record Public(ImageId image) implements Sharing {}

        /// It can't be made public and shared at once.
        record PublicAndShared(ImageId image) implements Sharing {}

        /// This account may make no images public.
        record NoPublicImages(AccountId account) implements Sharing {}

        /// A deprecated image is not shared.
        record DeprecatedImage(ImageId image) implements Sharing {}

        record UnknownAccount(String account) implements Sharing {}

        /// An image is shared with others, not with its owner.
        record OwnAccount(AccountId account) implements Sharing {}
    }

    /// What can't be changed of an image.
    sealed interface Attribute extends Refusal {
        /// Only an available image can be deprecated.
        record NotAvailable(ImageId image) implements Attribute {}

        /// Only a deprecated image can be made available.
        record NotDeprecated(ImageId image) implements Attribute {}

        /// Guests that were promised the second version of the metadata service keep it.
        record ImdsStays(ImageId image) implements Attribute {}

        /// Machines of this architecture do not boot so.
        record BootMode(String architecture, String bootMode) implements Attribute {}
    }

    /// There is no such group of this account.
    record UnknownResourceGroup(ResourceGroupId group) implements Refusal {}

    /// There is no such image or snapshot for this account in this region.
    record UnknownResource(ResourceId resource) implements Refusal {}

    /// What is refused about resource groups.
    sealed interface Grouping extends Refusal {
        /// The account has a group of this name.
        record NameTaken(ResourceGroupName name) implements Grouping {}

        /// The account has as many groups as it may.
        record TooMany(long most) implements Grouping {}

        /// There are images or snapshots in the group.
        record NotEmpty(ResourceGroupId group) implements Grouping {}

        /// An account's default group stays.
        record Standard(ResourceGroupId group) implements Grouping {}

        /// The resource is in this group already.
        record InIt(ResourceId resource, ResourceGroupId group) implements Grouping {}
    }

    /// The image to cancel did not come from a copy.
    record NotACopy(ImageId image) implements Refusal {}

    /// There is nothing left to cancel.
    record CopyEnded(ImageId image, TaskState.Ended end) implements Refusal {}

    /// What keys and encryption have to do with.
    sealed interface OfKeys extends Refusal {}

    /// Encryption was asked for where no key service is configured.
    record NoKeyService(RegionId region) implements OfKeys {}

    /// A key was named, but encryption was not asked for.
    record KeyWithoutEncryption() implements OfKeys {}

    /// The region's key service has no keys but its own.
    record NoCustomerKeys(RegionId region) implements OfKeys {}

    /// The account may not name keys of its own.
    record CustomerKeysNotAllowed(AccountId account) implements OfKeys {}

    /// The account does not let the image service use the key service.
    record KeyServiceNotAllowed(AccountId account) implements OfKeys {}

    /// There is no such key for this account in this region.
    record UnknownKey(String key) implements OfKeys {}

    /// The key's state does not allow the change.
    record KeyStateForbids(KeyId key, KeyState state) implements OfKeys {}

    /// The key is disabled, or waits for its deletion.
    record KeyNotUsable(String key) implements OfKeys {}

    /// The image service may not use the key.
    record KeyNotGranted(String key) implements OfKeys {}

    /// The key belongs to the service, and is not the account's to change.
    record ServiceKey(KeyId key) implements OfKeys {}

    record TooManyKeys(int most) implements OfKeys {}

    record AliasTaken(KeyAlias alias) implements OfKeys {}

    record UnknownAlias(KeyAlias alias) implements OfKeys {}

    /// The key service could not make a data key.
    record NoDataKey(String key, String reason) implements OfKeys {}

    /// A copy of an encrypted image or snapshot can't be a plain one.
    record EncryptedSource(String source) implements OfKeys {}

    /// The region lets no encrypted image out.
    record EncryptedExport(ImageId image) implements OfKeys {}

    /// Others are not to see an image that is encrypted like this one.
    record EncryptedShare(ImageId image) implements OfKeys {}

    /// A plain image was asked for, but the account encrypts all.
    record MustBeEncrypted(AccountId account) implements OfKeys {}

    record UnknownSnapshot(SnapshotId snapshot) implements Refusal {}

    /// An image, or a task that reads it, still needs the snapshot.
    record SnapshotInUse(SnapshotId snapshot) implements Refusal {}

    /// What only snapshots are refused for.
    sealed interface OfSnapshot extends Refusal {
        /// It is still being brought.
        record NotReady(SnapshotId snapshot) implements OfSnapshot {}

        /// A verification found something wrong with its bytes.
        record Damaged(SnapshotId snapshot, String damage) implements OfSnapshot {}

        /// A snapshot can't be copied into the region where it is.
        record SameRegion(RegionId region) implements OfSnapshot {}

        /// A copy of it into the same region is open.
        record BeingCopied(SnapshotId source, SnapshotId copy) implements OfSnapshot {}

        /// A task brings it, or reads it.
        record Busy(SnapshotId snapshot) implements OfSnapshot {}

        /// Its owner does not allow images of it.
        record MakesNoImages(SnapshotId snapshot) implements OfSnapshot {}

        /// It is longer than the disk that it is to be, in GiB.
        record LongerThanDisk(SnapshotId snapshot, long gib) implements OfSnapshot {}

        /// It is kept for so many days, and what is kept may be kept longer only.
        record RetentionShortened(SnapshotId snapshot, int days) implements OfSnapshot {}
    }

    /// What is refused about webhooks.
    sealed interface OfWebhook extends Refusal {
        /// There is no such webhook of this account.
        record Unknown(String id) implements OfWebhook {}

        /// It can't be there, and why.
        record Address(String reason) implements OfWebhook {}

        /// So many are being tested already.
        record TooManyTests(int most) implements OfWebhook {}
    }

    record UnknownTask(TaskId task) implements Refusal {}

    /// There is no node of this name.
    record UnknownNode(String node) implements Refusal {}

    /// The task ended already.
    record TaskEnded(TaskId task, TaskState.Ended end) implements Refusal {}

    /// Tasks of this action are not cancelled this way.
    record TaskNotCancellable(TaskId task) implements Refusal {}

    record UnknownBucket(BucketName bucket) implements Refusal {}

    record UnknownObject(BucketName bucket, ObjectKey object) implements Refusal {}

    /// A disk image that can't be taken, and why.
    record UnsupportedFormat(String format, String reason) implements Refusal {}

    /// An upload that does not fit what was announced or stored before.
    record UploadMismatch(ObjectKey object, String reason) implements Refusal {}

    /// About who may do what, and the accounts, users and keys that it hangs on.
    sealed interface Access extends Refusal {
        /// @param what the action, and on which resource
        record Forbidden(String what) implements Access {}

        record TokenMalformed() implements Access {}

        record TokenOfAnotherKey() implements Access {}

        record MalformedPolicy(String reason) implements Access {}

        record UnknownUser(UserName name) implements Access {}

        record UserNameTaken(UserName name) implements Access {}

        record UnknownAccessKey(String id) implements Access {}

        record UnknownPolicy(PolicyName name) implements Access {}

        record TooMany(String what, int most) implements Access {}

        record UnknownAccount(String account) implements Access {}

        record AccountNameTaken(AccountName name) implements Access {}

        /// It has images, snapshots or open tasks.
        record AccountInUse(AccountId account) implements Access {}

        record LastAdministrator(AccountId account) implements Access {}

        /// Nobody deletes the account in whose name it asks.
        record OwnAccount(AccountId account) implements Access {}
    }

    /// The token was used with other parameters.
    record TokenMismatch(String token) implements Refusal {}

    /// The request was made before: a nonce is good once.
    record NonceUsed() implements Refusal {}

    /// All checks passed; nothing was to be done but to check.
    record DryRunPassed() implements Refusal {}
}
