package org.imageferry.cli;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// How accounts, users and access keys are shown.
final class AccountTables {
    private AccountTables() {}

    static Table account(ObjectNode account) {
        Table table = new Table("Account", Api.text(account, "AccountId"));
        table.row("Name", Api.text(account, "AccountName"));
        table.row("Created", Api.text(account, "CreationTime"));
        table.row("administrator", yes(account, "Administrator"));
        table.row("customer-keys", yes(account, "CustomerKeys"));
        table.row("encrypt-by-default", yes(account, "EncryptByDefault"));
        table.row("public-images", yes(account, "PublicImages"));
        for (ObjectNode quota : Api.each(account, "Quotas", "Quota")) {
            table.row(Api.text(quota, "Name"), Long.toString(Api.number(quota, "Most")));
        }
        return table;
    }

    static Table users(List<ObjectNode> users) {
        Table table = new Table("USER", "ID", "CREATED");
        for (ObjectNode user : users) {
            table.row(
                    Api.text(user, "UserName"),
                    Api.text(user, "UserId"),
                    Api.text(user, "CreationTime"));
        }
        return table;
    }

    /// The key in the answer of CreateAccessKey.
    static ObjectNode key(ObjectNode answer) {
        return answer.get("AccessKey") instanceof ObjectNode key ? key : answer;
    }

    /// Only for what was created just now: nothing else has a secret to show.
    static Table addSecret(Table table, ObjectNode key) {
        return table.row("AccessKeyId", Api.text(key, "AccessKeyId"))
                .row("AccessKeySecret", Api.text(key, "AccessKeySecret"));
    }

    static String yes(ObjectNode node, String field) {
        return node.path(field).asBoolean(false) ? "yes" : "no";
    }
}
