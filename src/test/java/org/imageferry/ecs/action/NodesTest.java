package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.Api;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// DescribeNodes, DrainNode and ResumeNode.
class NodesTest {
    private final ActionScene scene = new ActionScene();

    @BeforeEach
    void join() {
        scene.write(
                tables -> tables.nodes().join("node-1", "host-1", "1.2.3", Duration.ofSeconds(5)));
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    private String states() {
        return scene.own("DescribeNodes")
                .path("Nodes")
                .path("Node")
                .findValuesAsString("State")
                .toString();
    }

    @Test
    void aNodeIsDrainedAndTakenBack() {
        assertThat(states()).isEqualTo("[working]");
        scene.own("DrainNode", "NodeName", "node-1");
        assertThat(states()).isEqualTo("[draining]");
        scene.own("ResumeNode", "NodeName", "node-1");
        assertThat(states()).isEqualTo("[working]");
        scene.pass(Duration.ofMinutes(1));
        assertThat(states()).isEqualTo("[lost]");
    }

    @Test
    void aNodeThatIsNotThereIsNotFound() {
        assertThat(
                        scene.client()
                                .acs3(Api.FERRY.version(), "DrainNode", "NodeName", "node-9")
                                .code())
                .isEqualTo("InvalidNodeName.NotFound");
    }

    @Test
    void nodesAreTheAdministratorsMatter() {
        for (String action : new String[] {"DescribeNodes", "DrainNode", "ResumeNode"}) {
            assertThat(scene.audience(action)).contains(Action.Audience.ADMINISTRATORS);
        }
    }
}
