package org.imageferry.copy;

import java.util.List;
import java.util.Optional;
import org.imageferry.domain.AccountId;

/// What ModifyImageSharePermission asks for.
///
/// @param isPublic whether everybody is to see it from now on; empty leaves that as it is
/// @param dryRun check all, do nothing, and end with `DryRunPassed`
public record ShareRequest(
        List<AccountId> add, List<AccountId> remove, Optional<Boolean> isPublic, boolean dryRun) {

    public ShareRequest {
        add = List.copyOf(add);
        remove = List.copyOf(remove);
    }
}
