package org.imageferry.cli;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Resource groups, as commands show them.
final class GroupTable {
    private GroupTable() {}

    static Table of(List<ObjectNode> groups) {
        Table table = new Table("GROUP", "NAME", "CALLED", "CREATED");
        groups.forEach(group ->
                table.row(
                        Api.text(group, "Id"),
                        Api.text(group, "Name"),
                        Api.text(group, "DisplayName"),
                        Api.text(group, "CreateDate")));
        return table;
    }
}
