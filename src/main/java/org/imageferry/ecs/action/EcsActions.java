package org.imageferry.ecs.action;

import java.util.List;
import java.util.stream.Stream;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.Actions;

/// All actions that are served. `docs/reference/api.md` lists them too.
public final class EcsActions {
    private EcsActions() {}

    public static Actions of(Engine engine) {
        return new Actions(all(engine));
    }

    static List<Action> all(Engine engine) {
        return Stream.of(
                        images(engine),
                        snapshotsAndTasks(engine),
                        tagsAndGroups(engine),
                        startUp(engine),
                        ofKeys(engine),
                        ours(engine),
                        accounts(engine))
                .flatMap(List::stream)
                .toList();
    }

    /// Images, and how they come and go.
    private static List<Action> images(Engine engine) {
        return List.of(
                new DescribeImages(engine),
                new DescribeImageFromFamily(engine),
                new ImportImage(engine),
                new ExportImage(engine),
                new CreateImage(engine),
                new CopyImage(engine),
                new CancelCopyImage(engine),
                new DeleteImage(engine),
                new ModifyImageAttribute(engine),
                new ModifyImageSharePermission(engine),
                new DescribeImageSharePermission(engine));
    }

    private static List<Action> snapshotsAndTasks(Engine engine) {
        return List.of(
                new DescribeSnapshots(engine),
                new CopySnapshot(engine),
                new ModifySnapshotAttribute(engine),
                new DeleteSnapshot(engine),
                new DescribeTasks(engine),
                new DescribeTaskAttribute(engine),
                new CancelTask(engine));
    }

    private static List<Action> tagsAndGroups(Engine engine) {
        return List.of(
                new TagResources(engine, false),
                new UntagResources(engine),
                new ListTagResources(engine),
                new DescribeTags(engine),
                new TagResources(engine, true),
                new RemoveTags(engine),
                new JoinResourceGroup(engine),
                new CreateResourceGroup(engine),
                new ListResourceGroups(engine),
                new GetResourceGroup(engine),
                new DeleteResourceGroup(engine));
    }

    /// What clients ask before they come to images.
    private static List<Action> startUp(Engine engine) {
        return List.of(
                new DescribeRegions(engine),
                new DescribeZones(engine),
                new DescribeInstanceTypes(),
                new DescribeImageSupportInstanceTypes(engine),
                new QueryAvailableInstances(),
                new GetCallerIdentity(),
                new DescribeEndpoints(engine));
    }

    /// Keys, and what is encrypted with them.
    private static List<Action> ofKeys(Engine engine) {
        return List.of(
                new CreateKey(engine),
                new DescribeKey(engine),
                new ListKeys(engine),
                ChangeKey.enable(engine),
                ChangeKey.disable(engine),
                new ScheduleKeyDeletion(engine),
                ChangeKey.cancelDeletion(engine),
                new CreateAlias(engine),
                new DeleteAlias(engine),
                ListAliases.all(engine),
                ListAliases.byKeyId(engine),
                ChangeKey.grant(engine),
                ChangeKey.revoke(engine),
                EncryptionSettings.show(engine),
                EncryptionSettings.change(engine));
    }

    /// What ECS has no action for.
    private static List<Action> ours(Engine engine) {
        return List.of(
                new DescribeQueue(engine),
                new DescribeTaskDetails(engine),
                new DescribeRegionSummary(engine),
                new DescribeEvents(engine),
                new CreateWebhook(engine),
                new DescribeWebhooks(engine),
                new TestWebhook(engine),
                new DeleteWebhook(engine),
                new DescribeImageDetail(engine),
                new DescribeSnapshotDetail(engine),
                new SetSnapshotImageCreation(engine),
                new PublishImage(engine),
                new UnpublishImage(engine),
                new VerifyImages(engine),
                new CollectGarbage(engine),
                new PlanCopy(engine),
                new DescribeRegionUsage(engine),
                new DescribeNodes(engine),
                DrainNode.drain(engine),
                DrainNode.resume(engine),
                new DescribeRegionRules(engine),
                new ModifyRegionRules(engine));
    }

    private static List<Action> accounts(Engine engine) {
        return List.of(
                new CreateAccount(engine),
                new DescribeAccounts(engine),
                new ModifyAccount(engine),
                new DeleteAccount(engine),
                new CreateAccessKey(engine),
                new DescribeAccessKeys(engine),
                new ModifyAccessKey(engine),
                new DeleteAccessKey(engine),
                new CreateUser(engine),
                new DescribeUsers(engine),
                new DeleteUser(engine),
                new PutUserPolicy(engine),
                new DescribeUserPolicies(engine),
                new DeleteUserPolicy(engine),
                new CreateSessionToken(engine));
    }
}
