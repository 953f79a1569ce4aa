package org.imageferry.ecs.action;

import java.util.List;
import org.imageferry.copy.ImageSharing;
import org.imageferry.copy.RegionMap;
import org.imageferry.copy.ShareRequest;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.SharingErrors;
import org.imageferry.ecs.Touched;

/// Says who else may see an image. `LaunchPermission`, which ECS keeps to itself, is ignored. Source:
/// ECS API 2014-05-26, ModifyImageSharePermission.
final class ModifyImageSharePermission implements Action {
    /// More are ignored, says the page.
    private static final int MOST_ACCOUNTS = 10;

    private final ImageSharing sharing;
    private final RegionMap regions;

    ModifyImageSharePermission(Engine engine) {
        this.sharing = engine.imageSharing();
        this.regions = engine.regions();
    }

    @Override
    public String name() {
        return "ModifyImageSharePermission";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        Parameters parameters = request.parameters();
        RegionId region = Asked.region(parameters, regions);
        ImageId image = Asked.image(parameters);
        ShareRequest asked =
                new ShareRequest(
                        accounts(parameters, "AddAccount"),
                        accounts(parameters, "RemoveAccount"),
                        parameters.flag("IsPublic"),
                        parameters.is("DryRun"));
        return new Prepared(
                Touched.image(region, image),
                () -> {
                    sharing.share(request.caller(), region, image, asked);
                    return Trees.tree();
                });
    }

    private static List<AccountId> accounts(Parameters parameters, String name) {
        return parameters.list(name).values().stream()
                .map(item -> item.getOrDefault("", ""))
                .filter(account -> !account.isEmpty())
                .limit(MOST_ACCOUNTS)
                .map(account -> Asked.parse(account, AccountId::new, unknown(account)))
                .toList();
    }

    private static org.imageferry.ecs.EcsError unknown(String account) {
        return SharingErrors.UNKNOWN_ACCOUNT.advising(account + " is no account's id.");
    }
}
