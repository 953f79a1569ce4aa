package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.EdgeScene.ACCOUNT;
import static org.imageferry.ecs.EdgeScene.OTHER;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;
import static org.imageferry.ecs.action.ActionScene.SHANGHAI;

import java.util.ArrayList;
import java.util.List;
import org.imageferry.catalog.CatalogScenes;
import org.imageferry.domain.Account;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Quota;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.RawHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// ModifyImageSharePermission and DescribeImageSharePermission, PublishImage and UnpublishImage, and
/// what they keep from being deleted.
class ImageSharingTest {
    private final ActionScene scene = new ActionScene();
    private final ImageId golden = scene.image("golden");

    @AfterEach
    void stop() {
        scene.close();
    }

    private RawHttp.Reply share(String... more) {
        return scene.ask("ModifyImageSharePermission", with(golden, HANGZHOU, more));
    }

    private static String[] with(ImageId image, String region, String... more) {
        List<String> parameters =
                new ArrayList<>(List.of("RegionId", region, "ImageId", image.value()));
        parameters.addAll(List.of(more));
        return parameters.toArray(String[]::new);
    }

    private static void isRefused(RawHttp.Reply reply, int status, String code, String message) {
        assertThat(reply.code()).as(reply.text()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.message()).isEqualTo(message);
    }

    private static void isDone(RawHttp.Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().propertyNames()).containsExactly("RequestId");
    }

    private JsonNode permission(String... more) {
        return scene.call("DescribeImageSharePermission", with(golden, HANGZHOU, more));
    }

    private List<String> accounts() {
        return permission()
                .path("Accounts")
                .path("Account")
                .valueStream()
                .map(account -> account.path("AliyunId").asString())
                .toList();
    }

    private AccountId account(int number) {
        AccountId id = new AccountId("%016d".formatted(5_000 + number));
        scene.write(tables -> CatalogScenes.add(tables, id, "account " + number));
        return id;
    }

    private void setQuota(Quota quota, long most) {
        scene.write(tables -> tables.accounts().setQuota(ACCOUNT, quota, most));
    }

    @Test
    void anImageIsSharedAndUnshared() {
        isDone(share("AddAccount.1", OTHER.value(), "LaunchPermission", "x"));
        isDone(share("AddAccount.1", OTHER.value()));

        JsonNode shown = permission();
        assertThat(shown.path("ImageId").asString()).isEqualTo(golden.value());
        assertThat(shown.path("RegionId").asString()).isEqualTo(HANGZHOU);
        assertThat(shown.path("TotalCount").asInt()).isEqualTo(1);
        assertThat(shown.path("PageNumber").asInt()).isEqualTo(1);
        assertThat(shown.path("PageSize").asInt()).isEqualTo(10);
        assertThat(shown.path("ShareGroups").path("ShareGroup").isEmpty()).isTrue();
        JsonNode account = shown.path("Accounts").path("Account").path(0);
        assertThat(account.path("AliyunId").asString()).isEqualTo(OTHER.value());
        assertThat(account.path("SharedTime").asString()).isEqualTo(scene.now().toString());
        isDone(share("RemoveAccount.1", OTHER.value()));
        isDone(share("RemoveAccount.1", OTHER.value()));
        assertThat(accounts()).isEmpty();
    }

    @Test
    void nothingToDoIsNoFailure() {
        isDone(share());
        isDone(share("IsPublic", "false"));
        isDone(share("AddAccount.1", ""));
    }

    @Test
    void aCopyUnderWayIsShared() {
        ImageId copy = scene.copyOf(golden, "copy");

        isDone(
                scene.ask(
                        "ModifyImageSharePermission",
                        with(copy, SHANGHAI, "AddAccount.1", OTHER.value())));

        JsonNode shown = scene.call("DescribeImageSharePermission", with(copy, SHANGHAI));
        assertThat(shown.path("TotalCount").asInt()).isEqualTo(1);
    }

    @Test
    void moreThanTenAccountsAreIgnored() {
        List<String> asked = new ArrayList<>();
        for (int i = 1; i <= 11; i++) {
            asked.addAll(List.of("AddAccount." + i, account(i).value()));
        }

        isDone(share(asked.toArray(String[]::new)));

        assertThat(permission().path("TotalCount").asInt()).isEqualTo(10);
        assertThat(accounts()).doesNotContain(asked.getLast());
        JsonNode second = permission("PageNumber", "2", "PageSize", "7");
        assertThat(second.path("Accounts").path("Account").size()).isEqualTo(3);
    }

    @Test
    void whoIsNoAccountIsNotFound() {
        for (String unknown : List.of("1234567890123456", "somebody")) {
            for (String name : List.of("AddAccount.1", "RemoveAccount.1")) {
                isRefused(
                        share(name, unknown),
                        404,
                        "InvalidAccount.NotFound",
                        "The specified parameter \"AddAccount.n\" or \"RemoveAccount.n\" does not"
                                + " exist.");
            }
        }
    }

    @Test
    void anImageIsNotSharedWithItsOwner() {
        isRefused(
                share("AddAccount.1", ACCOUNT.value()),
                404,
                "InvalidAccount.Forbbiden",
                "The specified Account does not yourself.");
    }

    @Test
    void anImageIsSharedWithSoManyAccounts() {
        setQuota(Quota.IMAGE_ACCOUNTS, 1);
        isDone(share("AddAccount.1", OTHER.value()));

        String second = account(1).value();
        isRefused(
                share("AddAccount.1", second),
                403,
                "QuotaExceed.ShareImageUser",
                "The shared Image user Quota exceeds.");
        isDone(share("AddAccount.1", second, "RemoveAccount.1", OTHER.value()));
        assertThat(accounts()).containsExactly(second);
    }

    @Test
    void anAccountSharesSoManyImages() {
        setQuota(Quota.SHARED_IMAGES, 1);
        isDone(share("AddAccount.1", OTHER.value()));
        isDone(share("AddAccount.1", account(1).value()));

        RawHttp.Reply second =
                scene.ask(
                        "ModifyImageSharePermission",
                        with(scene.image("silver"), HANGZHOU, "AddAccount.1", OTHER.value()));
        isRefused(second, 403, "QuotaExceed.ShareImage", "The shared Image Quota exceeds.");
    }

    @Test
    void aPublicImageIsSharedWithAllAndNotWithSomeBesides() {
        isDone(share("IsPublic", "true"));
        isDone(share("IsPublic", "true"));

        JsonNode groups = permission().path("ShareGroups").path("ShareGroup");
        assertThat(groups.path(0).path("Group").asString()).isEqualTo("all");
        isRefused(
                share("AddAccount.1", OTHER.value()),
                403,
                "Image.Public",
                "The specified image is public image.");
        isDone(share("IsPublic", "false", "AddAccount.1", OTHER.value()));
        isRefused(
                share("IsPublic", "true", "RemoveAccount.1", OTHER.value()),
                403,
                "InvalidParameter.IsPublic",
                "The specified parameter IsPublic is conflicted with other parameters.");
        assertThat(permission().path("ShareGroups").path("ShareGroup").isEmpty()).isTrue();
    }

    @Test
    void anAccountMayHaveNoPartInPublicImages() {
        scene.write(tables -> {
            Account me = tables.accounts().find(ACCOUNT).orElseThrow();
            tables.accounts().update(me.with(new Account.Switches(true, false, false)));
        });

        isRefused(
                share("IsPublic", "true"),
                403,
                "CurrentAccount.NotSupportPublicImage",
                "Public image is not supported for current account.");
        isDone(share("IsPublic", "false", "AddAccount.1", OTHER.value()));
        assertThat(
                        scene.ask(
                                        "DescribeImages",
                                        "RegionId",
                                        HANGZHOU,
                                        "ImageOwnerAlias",
                                        "community")
                                .code())
                .isEqualTo("CurrentAccount.NotSupportPublicImage");
    }

    @Test
    void onlyAdministratorsPublish() {
        assertThat(scene.audience("PublishImage")).contains(Action.Audience.ADMINISTRATORS);
        assertThat(scene.audience("UnpublishImage")).contains(Action.Audience.ADMINISTRATORS);
    }

    @Test
    void aDeprecatedImageIsNotShared() {
        scene.call("ModifyImageAttribute", with(golden, HANGZHOU, "Status", "Deprecated"));

        for (String[] asked :
                List.of(
                        new String[] {"AddAccount.1", OTHER.value()},
                        new String[] {"IsPublic", "true"})) {
            isRefused(
                    share(asked),
                    403,
                    "OperationDenied.InvalidImageStatus",
                    "The specified image cannot be shared when it is deprecated.");
        }
        isDone(share("IsPublic", "false", "RemoveAccount.1", OTHER.value()));
    }

    @Test
    void aDryRunSharesNothing() {
        assertThat(share("AddAccount.1", OTHER.value(), "DryRun", "true").code())
                .isEqualTo("DryRunOperation");
        assertThat(accounts()).isEmpty();
    }

    @Test
    void onlyItsOwnerSeesAndSaysWhoSeesAnImage() {
        share("AddAccount.1", OTHER.value());

        for (String action :
                List.of("ModifyImageSharePermission", "DescribeImageSharePermission")) {
            isRefused(
                    scene.askAsOther(action, with(golden, HANGZHOU)),
                    404,
                    "InvalidImageId.NotFound",
                    "The specified ImageId does not exist.");
            assertThat(scene.ask(action, with(golden, SHANGHAI)).code())
                    .isEqualTo("InvalidImageId.NotFound");
        }
    }

    @Test
    void whatOthersSeeIsNotDeleted() {
        share("AddAccount.1", OTHER.value());
        isRefused(
                scene.ask("DeleteImage", with(golden, HANGZHOU, "Force", "true")),
                403,
                "ImageUseShared",
                "The specified image has been shared to others. You can use the"
                        + " DescribeImageSharePermission API to query the users who have been"
                        + " shared.");
        share("RemoveAccount.1", OTHER.value());
        share("IsPublic", "true");
        isPublicAndNotDeleted();
        share("IsPublic", "false");
        scene.own("PublishImage", with(golden, HANGZHOU, "Region.1", SHANGHAI));
        isPublicAndNotDeleted();
        scene.own("UnpublishImage", with(golden, HANGZHOU));
        isDone(scene.ask("DeleteImage", with(golden, HANGZHOU)));
    }

    private void isPublicAndNotDeleted() {
        isRefused(
                scene.ask("DeleteImage", with(golden, HANGZHOU)),
                403,
                "ImageIsPublic",
                "You can not delete public image, please modify it to private.");
    }

    private RawHttp.Reply copyAsOther(String destination) {
        return scene.askAsOther(
                "CopyImage", with(golden, HANGZHOU, "DestinationRegionId", destination));
    }

    @Test
    void aSharedImageIsCopiedIntoItsOwnRegionOnly() {
        share("AddAccount.1", OTHER.value());

        isRefused(
                copyAsOther(SHANGHAI),
                403,
                "OperationDenied.SameRegionOnly",
                "The image shared from others can not be copied to another region directly.");
        RawHttp.Reply copied = copyAsOther(HANGZHOU);
        assertThat(copied.status()).as(copied.text()).isEqualTo(200);
        ImageId copy = new ImageId(copied.json().path("ImageId").asString());
        assertThat(scene.find(copy).orElseThrow().account()).isEqualTo(OTHER);
    }

    @Test
    void aCommunityImageIsNotCopiedByOthers() {
        share("IsPublic", "true");

        isRefused(
                copyAsOther(HANGZHOU),
                400,
                "OperationDenied.CommunityImage",
                "Community image does not support copy.");
    }

    @Test
    void anImageOfTheMarketplaceIsCopiedWhereItIsPublished() {
        scene.own("PublishImage", with(golden, HANGZHOU, "Region.1", SHANGHAI));

        assertThat(copyAsOther(SHANGHAI).status()).isEqualTo(200);
        isRefused(
                copyAsOther(HANGZHOU),
                403,
                "OperationDenied.NotPublished",
                "The operation is denied because corresponding marketplace image is not published"
                        + " in destination region.");
        scene.own("UnpublishImage", with(golden, HANGZHOU));
        assertThat(copyAsOther(SHANGHAI).code()).isEqualTo("InvalidImageId.NotFound");
    }

    @Test
    void anImageIsPublishedForRegionsThatThereAre() {
        assertThat(publish("Region.1", "cn-nowhere").code())
                .isEqualTo("DestinationRegion.NotFound");
        assertThat(publish().code()).isEqualTo("MissingParameter");
        scene.call("ModifyImageAttribute", with(golden, HANGZHOU, "Status", "Deprecated"));
        assertThat(publish("Region.1", SHANGHAI).code())
                .isEqualTo("OperationDenied.InvalidImageStatus");
    }

    private RawHttp.Reply publish(String... more) {
        return scene.client()
                .acs3(Api.FERRY.version(), "PublishImage", with(golden, HANGZHOU, more));
    }
}
