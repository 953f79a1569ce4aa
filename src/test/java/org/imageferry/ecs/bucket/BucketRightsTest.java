package org.imageferry.ecs.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;

import java.util.Map;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.EdgeScene;
import org.imageferry.ecs.RawHttp;
import org.imageferry.ecs.Sender;
import org.imageferry.ecs.action.ActionScene;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Policies decide about objects too, before it is looked up whether there are any.
class BucketRightsTest {
    private final ActionScene scene = new ActionScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    private static RawHttp.Reply ask(Sender sender, String method, String action, String object) {
        return sender.acs3(
                method,
                "/buckets/images/" + object,
                Api.FERRY.version(),
                action,
                Map.of(),
                new byte[0],
                "RegionId",
                HANGZHOU);
    }

    @Test
    void aUserReadsWhatAPolicyAllowsAndNothingElse() {
        scene.object("golden.raw", new byte[] {1, 2, 3});
        scene.object("other.raw", new byte[] {1, 2, 3});
        Sender eve =
                scene.user(
                        EdgeScene.ACCOUNT,
                        "eve",
                        """
                        {"Version":"1","Statement":[{"Effect":"Allow","Action":"oss:GetObject",
                        "Resource":"acs:oss:cn-hangzhou:*:images/golden.raw"}]}\
                        """);

        assertThat(ask(eve, "GET", "DescribeObject", "golden.raw").status()).isEqualTo(200);
        for (RawHttp.Reply reply :
                new RawHttp.Reply[] {
                    ask(eve, "GET", "DescribeObject", "other.raw"),
                    ask(eve, "GET", "DescribeObject", "never.raw"),
                    ask(eve, "DELETE", "DeleteObject", "golden.raw"),
                    ask(eve, "GET", "DescribeUpload", "golden.raw")
                }) {
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.code()).isEqualTo("Forbidden.RAM");
        }
        assertThat(ask(scene.client(), "GET", "DescribeObject", "golden.raw").status())
                .isEqualTo(200);
    }
}
