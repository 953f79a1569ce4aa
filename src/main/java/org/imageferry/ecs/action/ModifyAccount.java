package org.imageferry.ecs.action;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.imageferry.access.AccountChanges;
import org.imageferry.access.Order;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.AccountName;
import org.imageferry.domain.Quota;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.GatewayErrors;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;

/// Changes the name, the switches and the quotas of an account. Ours.
final class ModifyAccount implements Action {
    private final AccountChanges accounts;

    ModifyAccount(Engine engine) {
        this.accounts = engine.accounts().changes();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "ModifyAccount";
    }

    @Override
    public Audience audience() {
        return Audience.ADMINISTRATORS;
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        Parameters parameters = request.parameters();
        AccountId id = Whose.account(parameters);
        AccountChanges.Change change =
                new AccountChanges.Change(
                        parameters.find("AccountName").map(AccountName::new),
                        parameters.flag("Administrator"),
                        parameters.flag("CustomerKeys"),
                        parameters.flag("EncryptByDefault"),
                        parameters.flag("PublicImages"),
                        quotas(parameters));
        Order order = Whose.order(request);
        return new Prepared(
                Touched.global("account/" + id),
                () -> {
                    accounts.change(order, id, change);
                    return Trees.tree();
                });
    }

    private static Map<Quota, Long> quotas(Parameters parameters) {
        Map<Quota, Long> quotas = new EnumMap<>(Quota.class);
        parameters
                .list("Quota")
                .values()
                .forEach(each ->
                        quotas.put(
                                quota(each.getOrDefault("Name", "")),
                                most(each.getOrDefault("Most", ""))));
        return quotas;
    }

    private static Quota quota(String name) {
        return Arrays.stream(Quota.values())
                .filter(quota -> quota.text().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        refused(
                                "Quota.N.Name must be one of "
                                        + Arrays.stream(Quota.values()).map(Quota::text).toList()
                                        + ", not \""
                                        + name
                                        + "\"."));
    }

    private static long most(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw refused("Quota.N.Most must be a whole number, not \"" + text + "\".");
        }
        return Long.parseLong(text);
    }

    private static EcsException refused(String why) {
        return new EcsException(GatewayErrors.PARAMETER_FORMAT.advising(why));
    }
}
