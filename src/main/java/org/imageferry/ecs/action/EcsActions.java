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
        return Stream.of(ofEcs(engine), ofKeys(engine), ofOthers(engine), ours(engine))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Action> ofEcs(Engine engine) {
        return List.of(
                new DescribeRegions(engine),
                new DescribeZones(engine),
                new DescribeInstanceTypes(),
                new DescribeImageSupportInstanceTypes(engine),
                new DescribeImages(engine),
                new ImportImage(engine),
                new ExportImage(engine),
                new CopyImage(engine),
                new CancelCopyImage(engine),
                new DeleteImage(engine),
                new DescribeSnapshots(engine),
                new DeleteSnapshot(engine),
                new TagResources(engine, false),
                new UntagResources(engine),
                new ListTagResources(engine),
                new DescribeTags(engine),
                new TagResources(engine, true),
                new RemoveTags(engine),
                new JoinResourceGroup(engine),
                new DescribeTasks(engine),
                new DescribeTaskAttribute(engine),
                new CancelTask(engine));
    }

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
                ListAliases.byKeyId(engine));
    }

    private static List<Action> ofOthers(Engine engine) {
        return List.of(
                // of ResourceManager
                new CreateResourceGroup(engine),
                new ListResourceGroups(engine),
                new GetResourceGroup(engine),
                new DeleteResourceGroup(engine),
                // of BssOpenApi
                new QueryAvailableInstances());
    }

    private static List<Action> ours(Engine engine) {
        return List.of(
                ChangeKey.grant(engine),
                ChangeKey.revoke(engine),
                EncryptionSettings.show(engine),
                EncryptionSettings.change(engine),
                new DescribeQueue(engine),
                new DescribeImageDetail(engine),
                new VerifyImages(engine),
                new CollectGarbage(engine),
                new PlanCopy(engine),
                new DescribeRegionUsage(engine),
                new DescribeRegionRules(engine),
                new ModifyRegionRules(engine),
                // ours, about accounts
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
                new CreateSessionToken(engine),
                // what clients ask when they start
                new GetCallerIdentity(),
                new DescribeEndpoints(engine));
    }
}
