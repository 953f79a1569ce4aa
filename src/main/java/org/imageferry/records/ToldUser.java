package org.imageferry.records;

import java.util.List;
import java.util.Optional;
import org.imageferry.catalog.AccessKeys;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.PolicyName;
import org.imageferry.domain.User;
import org.imageferry.domain.UserId;
import org.imageferry.domain.UserName;
import org.imageferry.domain.UserPolicy;

/// What the record of a user tells.
public record ToldUser(User user, List<UserPolicy> policies, List<AccessKeys.Kept> keys) {
    public static ToldUser of(StoredRecord record) {
        Fields fields = record.fields();
        UserId id = new UserId(record.id());
        AccountId account = new AccountId(fields.text("account"));
        return new ToldUser(
                new User(id, account, new UserName(fields.text("name")), fields.instant("created")),
                fields.objects("policies").stream().map(policy -> policy(policy, id)).toList(),
                KeyJson.of(fields, account, Optional.of(id)));
    }

    private static UserPolicy policy(Fields json, UserId user) {
        return new UserPolicy(
                user,
                new PolicyName(json.text("name")),
                json.text("document"),
                json.instant("created"));
    }
}
