package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;

import org.imageferry.ecs.Api;
import org.imageferry.ecs.EdgeScene;
import org.imageferry.ecs.RawHttp;
import org.imageferry.ecs.Sender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What clients ask when they start.
class StartActionsTest {
    private final ActionScene scene = new ActionScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void whoOneIsIsToldToAnybody() {
        assertThat(identity(scene.client()))
                .endsWith(
                        """
                        "IdentityType":"Account","AccountId":"1111111111111111",\
                        "PrincipalId":"1111111111111111","UserId":"1111111111111111",\
                        "Arn":"acs:ram::1111111111111111:root"}\
                        """);
        assertThat(identity(scene.user(EdgeScene.OTHER, "eve")))
                .contains("\"IdentityType\":\"RAMUser\",\"AccountId\":\"2222222222222222\"")
                .endsWith("\"Arn\":\"acs:ram::2222222222222222:user/eve\"}");
    }

    private static String identity(Sender sender) {
        return sender.acs3(Api.STS.version(), "GetCallerIdentity").text();
    }

    @Test
    void endpointsAreTheOneThatWasCalled() {
        RawHttp.Reply reply =
                scene.client()
                        .acs3(
                                Api.LOCATION.version(),
                                "DescribeEndpoints",
                                "Id",
                                HANGZHOU,
                                "ServiceCode",
                                "ecs",
                                "Type",
                                "openAPI");
        assertThat(reply.text())
                .endsWith(
                        """
                        "Endpoints":{"Endpoint":[{"Endpoint":"%s","Id":"cn-hangzhou",\
                        "Namespace":"","SerivceCode":"ecs","Type":"openAPI",\
                        "Protocols":{"Protocols":["HTTP"]}}]},"Success":true}\
                        """
                                .formatted(scene.client().host()));
        RawHttp.Reply nowhere =
                scene.client()
                        .acs3(
                                Api.LOCATION.version(),
                                "DescribeEndpoints",
                                "Id",
                                "cn-nowhere",
                                "ServiceCode",
                                "ecs");
        assertThat(nowhere.code()).isEqualTo("InvalidRegionId");
        assertThat(nowhere.message()).isEqualTo("The specified region does not exist.");
    }
}
