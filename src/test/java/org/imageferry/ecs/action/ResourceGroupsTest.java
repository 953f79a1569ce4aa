package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.action.ActionScene.GIB;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;

import java.util.ArrayList;
import java.util.List;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Quota;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.Tags;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.EdgeScene;
import org.imageferry.ecs.RawHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The actions of ResourceManager, and JoinResourceGroup.
class ResourceGroupsTest {
    private static final String STANDARD = ResourceGroupId.standard(EdgeScene.ACCOUNT).value();

    private final ActionScene scene = new ActionScene();
    private final ImageId golden = scene.image("golden");

    @AfterEach
    void stop() {
        scene.close();
    }

    private RawHttp.Reply ask(String action, String... parameters) {
        return scene.client().acs3(Api.RESOURCE_MANAGER.version(), action, parameters);
    }

    private JsonNode call(String action, String... parameters) {
        RawHttp.Reply reply = ask(action, parameters);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    private String group(String name) {
        return call("CreateResourceGroup", "Name", name, "DisplayName", "Shown " + name)
                .path("ResourceGroup")
                .path("Id")
                .asString();
    }

    private List<String> names(String... parameters) {
        List<String> names = new ArrayList<>();
        call("ListResourceGroups", parameters)
                .path("ResourceGroups")
                .path("ResourceGroup")
                .forEach(group -> names.add(group.path("Name").asString()));
        return names;
    }

    private RawHttp.Reply join(String image, String group) {
        return scene.ask(
                "JoinResourceGroup",
                "RegionId",
                HANGZHOU,
                "ResourceType",
                "image",
                "ResourceId",
                image,
                "ResourceGroupId",
                group);
    }

    private static void isRefused(RawHttp.Reply reply, int status, String code, String message) {
        assertThat(reply.code()).as(reply.text()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.message()).isEqualTo(message);
    }

    @Test
    void aGroupIsMadeShownAndDeleted() {
        JsonNode made =
                call("CreateResourceGroup", "Name", "web", "DisplayName", "网站")
                        .path("ResourceGroup");
        String id = made.path("Id").asString();

        assertThat(made.toString())
                .isEqualTo(
                        """
                        {"Id":"%s","AccountId":"1111111111111111","Name":"web",\
                        "DisplayName":"网站","CreateDate":"2026-11-22T01:09:36Z","Status":"OK",\
                        "RegionStatuses":{"RegionStatus":[\
                        {"RegionId":"cn-hangzhou","Status":"OK"},\
                        {"RegionId":"cn-shanghai","Status":"OK"}]}}\
                        """
                                .formatted(id));
        assertThat(call("GetResourceGroup", "ResourceGroupId", id).path("ResourceGroup"))
                .isEqualTo(made);
        assertThat(
                        call("DeleteResourceGroup", "ResourceGroupId", id)
                                .path("ResourceGroup")
                                .path("Status")
                                .asString())
                .isEqualTo("PendingDelete");
        isRefused(
                ask("GetResourceGroup", "ResourceGroupId", id),
                404,
                "EntityNotExists.ResourceGroup",
                "The resource group does not exist.");
    }

    @Test
    void theDefaultGroupIsThereFromTheStartAndStays() {
        assertThat(names()).containsExactly("default");
        assertThat(
                        call("GetResourceGroup", "ResourceGroupId", STANDARD)
                                .path("ResourceGroup")
                                .path("Name")
                                .asString())
                .isEqualTo("default");
        assertThat(ask("DeleteResourceGroup", "ResourceGroupId", STANDARD).code())
                .isEqualTo("DeleteConflict.ResourceGroup.Default");
    }

    @Test
    void groupsAreListedByPagesAndFiltered() {
        String web = group("web");
        group("mail");

        assertThat(names()).containsExactly("default", "web", "mail");
        assertThat(names("PageSize", "1", "PageNumber", "2")).containsExactly("web");
        assertThat(names("Name", "a")).containsExactly("default", "mail");
        assertThat(names("DisplayName", "Shown w")).containsExactly("web");
        assertThat(names("ResourceGroupId", web)).containsExactly("web");
        assertThat(names("ResourceGroupIds.1", STANDARD, "ResourceGroupId", web))
                .containsExactly("default");
        assertThat(names("Status", "PendingDelete")).isEmpty();
        assertThat(names("Tag.1.Key", "app")).isEmpty();
        assertThat(call("ListResourceGroups", "PageSize", "1").path("TotalCount").asInt())
                .isEqualTo(3);
    }

    @Test
    void aBadGroupIsRefused() {
        isRefused(
                ask("CreateResourceGroup", "Name", "1web", "DisplayName", "Web"),
                400,
                "InvalidParameter.Name.InvalidChars",
                "The Name is invalid.");
        isRefused(
                ask("CreateResourceGroup", "Name", "w".repeat(51), "DisplayName", "Web"),
                400,
                "InvalidParameter.Name.Length",
                "The maximum length of Name is exceeded.");
        isRefused(
                ask("CreateResourceGroup", "Name", "web"),
                400,
                "MissingParameter.DisplayName",
                "You must specify DisplayName.");
        isRefused(
                ask("CreateResourceGroup", "Name", "web", "DisplayName", "字".repeat(51)),
                400,
                "InvalidParameter.DisplayName.Length",
                "The maximum length of DisplayName is exceeded.");
        group("web");
        isRefused(
                ask("CreateResourceGroup", "Name", "web", "DisplayName", "Web"),
                409,
                "EntityAlreadyExists.ResourceGroup",
                "The resource group already exists.");
        assertThat(ask("CreateResourceGroup", "Name", "default", "DisplayName", "x").code())
                .isEqualTo("EntityAlreadyExists.ResourceGroup");
        assertThat(ask("GetResourceGroup", "ResourceGroupId", "web").code())
                .isEqualTo("EntityNotExists.ResourceGroup");
    }

    @Test
    void anAccountHasAsManyGroupsAsItsQuotaSays() {
        scene.write(
                tables -> tables.accounts().setQuota(EdgeScene.ACCOUNT, Quota.RESOURCE_GROUPS, 1));
        group("web");

        isRefused(
                ask("CreateResourceGroup", "Name", "mail", "DisplayName", "Mail"),
                409,
                "LimitExceeded.ResourceGroup",
                "The maximum number of resource groups is exceeded.");
    }

    @Test
    void anImageIsPutIntoAGroupWhichThenStays() {
        String web = group("web");

        assertThat(join(golden.value(), web).json().propertyNames()).containsExactly("RequestId");

        assertThat(scene.find(golden).orElseThrow().group().value()).isEqualTo(web);
        isRefused(
                ask("DeleteResourceGroup", "ResourceGroupId", web),
                409,
                "DeleteConflict.ResourceGroup.Resource",
                "The resource group contains resources.");
        isRefused(
                join(golden.value(), web),
                403,
                "InvalidResourceGroup.Duplicate",
                "The ResourceId provided has a ResourceGroup in our records.");
        assertThat(join(golden.value(), STANDARD).status()).isEqualTo(200);
        assertThat(ask("DeleteResourceGroup", "ResourceGroupId", web).status()).isEqualTo(200);
    }

    @Test
    void aSnapshotIsPutIntoAGroup() {
        String web = group("web");
        var snapshot = scene.find(golden).orElseThrow().disks().getFirst().snapshot();

        RawHttp.Reply reply =
                scene.ask(
                        "JoinResourceGroup",
                        "RegionId",
                        HANGZHOU,
                        "ResourceType",
                        "snapshot",
                        "ResourceId",
                        snapshot.value(),
                        "ResourceGroupId",
                        web);

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(ask("DeleteResourceGroup", "ResourceGroupId", web).code())
                .isEqualTo("DeleteConflict.ResourceGroup.Resource");
    }

    @Test
    void whatOthersHaveDoesNotExist() {
        ImageId theirs = scene.image(EdgeScene.OTHER, "theirs", Tags.NONE, GIB);
        String web = group("web");
        String unknown = "The ResourceId provided does not exist in our records.";
        isRefused(join(theirs.value(), web), 404, "InvalidResourceId.NotFound", unknown);
        isRefused(join("m-1", web), 404, "InvalidResourceId.NotFound", unknown);
        for (String group :
                List.of("rg-nothing", "web", ResourceGroupId.standard(EdgeScene.OTHER).value())) {
            isRefused(
                    join(golden.value(), group),
                    404,
                    "InvalidResourceGroup.NotFound",
                    "The ResourceGroup provided does not exist in our records.");
        }
        RawHttp.Reply other =
                scene.client()
                        .as("other", "othersecret")
                        .acs3(
                                Api.RESOURCE_MANAGER.version(),
                                "DeleteResourceGroup",
                                "ResourceGroupId",
                                web);
        assertThat(other.code()).isEqualTo("EntityNotExists.ResourceGroup");
    }

    @Test
    void whatIsMissingToJoinIsForbidden() {
        isRefused(
                scene.ask("JoinResourceGroup", "RegionId", HANGZHOU, "ResourceType", "image"),
                403,
                "MissingParameter",
                "The input parameter \"ResourceId\" that is mandatory for processing this request"
                        + " is not supplied.");
        isRefused(
                scene.ask("JoinResourceGroup"),
                403,
                "MissingParameter",
                "The input parameter \"RegionId\" that is mandatory for processing this request is"
                        + " not supplied.");
        assertThat(
                        scene.ask(
                                        "JoinResourceGroup",
                                        "RegionId",
                                        HANGZHOU,
                                        "ResourceType",
                                        "ship",
                                        "ResourceId",
                                        "s-1",
                                        "ResourceGroupId",
                                        STANDARD)
                                .code())
                .isEqualTo("InvalidResourceType.NotFound");
    }
}
