package org.imageferry.records;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imageferry.catalog.AccessKeys;
import org.imageferry.catalog.ResourceGroups.ResourceGroup;
import org.imageferry.domain.Account;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.AccountName;
import org.imageferry.domain.KeySettings;
import org.imageferry.domain.Quota;

/// What the record of an account tells.
public record ToldAccount(
        Account account,
        KeySettings settings,
        Map<Quota, Long> quotas,
        List<ResourceGroup> groups,
        List<AccessKeys.Kept> keys) {
    public static ToldAccount of(StoredRecord record) {
        Fields fields = record.fields();
        AccountId id = new AccountId(record.id());
        Account account =
                new Account(
                        id,
                        new AccountName(fields.text("name")),
                        fields.flag("administrator", false),
                        new Account.Switches(
                                fields.flag("customerKeys", true),
                                fields.flag("encryptByDefault", false),
                                fields.flag("publicImages", true)),
                        fields.instant("created"),
                        fields.optional("deletedAt").map(Instant::parse));
        return new ToldAccount(
                account,
                settings(fields, account.switches()),
                quotas(fields),
                fields.objects("groups").stream().map(group -> GroupJson.of(group, id)).toList(),
                KeyJson.of(fields, id, Optional.empty()));
    }

    private static KeySettings settings(Fields fields, Account.Switches switches) {
        KeySettings.Encrypt encrypt =
                switches.encryptByDefault()
                        ? KeySettings.Encrypt.DEFAULT
                        : KeySettings.Encrypt.ASKED;
        return new KeySettings(
                fields.flag("keyService", true),
                switches.customerKeys(),
                fields.flag("encryptAlways", false) ? KeySettings.Encrypt.ALWAYS : encrypt);
    }

    /// Passes over those that this program does not know.
    private static Map<Quota, Long> quotas(Fields fields) {
        Map<Quota, Long> quotas = new EnumMap<>(Quota.class);
        fields.object("quotas")
                .ifPresent(told ->
                        Arrays.stream(Quota.values())
                                .forEach(quota ->
                                        told.optionalNumber(quota.text())
                                                .ifPresent(most -> quotas.put(quota, most))));
        quotas.forEach((quota, most) -> Fields.require(most >= 0, quota.text(), "negative"));
        return quotas;
    }
}
