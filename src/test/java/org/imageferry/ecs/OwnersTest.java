package org.imageferry.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnersTest {
    private static final String OWN = EdgeScene.ACCOUNT.value();

    private final RecordingAction read = new RecordingAction("DescribeImages", false);
    private final EdgeScene scene = EdgeScene.of(read);

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void theCallersOwnAreTaken() {
        for (String[] own :
                new String[][] {
                    {"OwnerId", OWN},
                    {"OwnerId", "", "OwnerAccount", ""},
                    {"OwnerAccount", "name of " + OWN},
                    {"ResourceOwnerId", OWN, "ResourceOwnerAccount", "name of " + OWN}
                }) {
            assertThat(scene.client().rpc("DescribeImages", own).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OwnerId,2222222222222222,InvalidOwnerId",
        "ResourceOwnerId,2222222222222222,InvalidOwnerId",
        "OwnerId,name of 1111111111111111,InvalidOwnerId",
        "OwnerAccount,name of 2222222222222222,InvalidOwnerAccount",
        "ResourceOwnerAccount,somebody,InvalidOwnerAccount"
    })
    void onlyTheCallersOwnAreTaken(String name, String value, String code) {
        RawHttp.Reply reply = scene.client().rpc("DescribeImages", name, value);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(read.asked).isEmpty();
    }

    @Test
    void bothAtOnceAreRefused() {
        RawHttp.Reply reply =
                scene.client()
                        .rpc("DescribeImages", "OwnerId", OWN, "OwnerAccount", "name of " + OWN);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("InvalidOwner");
        assertThat(reply.message())
                .isEqualTo("OwnerId and OwnerAccount can’t be used at one API access.");
    }
}
