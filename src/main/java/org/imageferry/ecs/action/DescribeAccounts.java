package org.imageferry.ecs.action;

import java.util.Map;
import java.util.Optional;
import org.imageferry.access.AccountLists;
import org.imageferry.access.Principal;
import org.imageferry.catalog.Page;
import org.imageferry.domain.Account;
import org.imageferry.domain.AccountName;
import org.imageferry.domain.Quota;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Prepared;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists accounts with their switches and quotas: all for administrators, for others their own. Ours.
final class DescribeAccounts implements Action {
    private final AccountLists lists;

    DescribeAccounts(Engine engine) {
        this.lists = engine.accounts().lists();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "DescribeAccounts";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        Whose whose = Whose.of(request);
        Optional<AccountName> name = request.parameters().find("AccountName").map(AccountName::new);
        Paging paging = Paging.of(request.parameters());
        return new Prepared(
                whose.touched(request.principal()),
                () -> list(request.principal(), whose, name, paging));
    }

    private ObjectNode list(Principal by, Whose whose, Optional<AccountName> name, Paging paging) {
        Page<AccountLists.Shown> page =
                lists.accounts(by, whose.account(), name, paging.offset(), paging.size());
        ObjectNode tree = Trees.tree();
        ArrayNode list = Trees.list(tree, "Accounts", "Account");
        page.items().forEach(shown -> write(list.addObject(), shown.account(), shown.quotas()));
        paging.write(tree, page.total());
        return tree;
    }

    private static void write(ObjectNode tree, Account account, Map<Quota, Long> set) {
        tree.put("AccountId", account.id().value());
        tree.put("AccountName", account.name().value());
        tree.put("Administrator", account.administrator());
        tree.put("CustomerKeys", account.switches().customerKeys());
        tree.put("EncryptByDefault", account.switches().encryptByDefault());
        tree.put("PublicImages", account.switches().publicImages());
        tree.put("CreationTime", Times.seconds(account.created()));
        ArrayNode quotas = Trees.list(tree, "Quotas", "Quota");
        for (Quota quota : Quota.values()) {
            quotas.addObject()
                    .put("Name", quota.text())
                    .put("Most", set.getOrDefault(quota, quota.preset()));
        }
    }
}
