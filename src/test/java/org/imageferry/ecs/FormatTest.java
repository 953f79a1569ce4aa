package org.imageferry.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class FormatTest {
    private static ObjectNode tree() {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("Name", "a<b>&\"中\u0001\uFFFF").put("Size", 60).put("Encrypted", false);
        tree.putObject("Tags").putArray("Tag");
        ObjectNode disks = tree.putObject("Disks");
        disks.putArray("Disk").addObject().put("Device", "/dev/xvda");
        disks.withArray("Disk").addObject().put("Device", "");
        return tree;
    }

    @Test
    void inXmlAListIsItsWrapperWithAChildForEachItem() {
        assertThat(text(Format.XML))
                .isEqualTo(
                        """
                        <?xml version="1.0" encoding="UTF-8"?><R>\
                        <Name>a&lt;b&gt;&amp;"中\uFFFD\uFFFD</Name><Size>60</Size><Encrypted>false</Encrypted>\
                        <Tags></Tags>\
                        <Disks><Disk><Device>/dev/xvda</Device></Disk><Disk><Device></Device></Disk></Disks>\
                        </R>\
                        """);
    }

    @Test
    void inJsonTheWrapperOfAnEmptyListIsThereToo() {
        assertThat(text(Format.JSON))
                .contains("\"Tags\":{\"Tag\":[]}")
                .contains("\"Size\":60,\"Encrypted\":false")
                .doesNotContain("\"R\"");
    }

    private static String text(Format format) {
        return new String(format.write("R", tree()), StandardCharsets.UTF_8);
    }
}
