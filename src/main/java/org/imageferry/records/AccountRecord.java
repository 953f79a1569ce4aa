package org.imageferry.records;

import java.util.Optional;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Account;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.KeySettings;
import org.imageferry.domain.RegionId;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes the record of an account: its name, switches and quotas, its resource groups, and the access
/// keys of the account itself, their secrets as the master key wrapped them.
///
/// An account belongs to no region. So each region's store has its record: it outlives all but the last.
public final class AccountRecord {
    private static final int MOST_GROUPS = 100_000;

    private AccountRecord() {}

    /// The account is new, was changed or deleted: tells all stores.
    public static void changed(Tables tables, AccountId id) {
        String body = body(tables, id, tables.accounts().raise(id));
        RecordJson.everywhere(tables)
                .forEach(region -> tables.outbox().add(region, id.value(), body));
    }

    /// Tells one region's store, which knows nothing of the account yet.
    static void tell(Tables tables, AccountId id, RegionId region) {
        long told = tables.accounts().revision(id);
        long revision = told > 0 ? told : tables.accounts().raise(id);
        tables.outbox().add(region, id.value(), body(tables, id, revision));
    }

    private static String body(Tables tables, AccountId id, long revision) {
        Account account = tables.accounts().find(id).orElseThrow();
        ObjectNode record = RecordJson.of(TellsOf.ACCOUNT, id.value(), revision);
        record.put("name", account.name().value());
        RecordJson.put(record, account.created());
        account.deleted().ifPresent(at -> record.put("deletedAt", at.toString()));
        record.put("administrator", account.administrator());
        putSwitches(record, account.switches(), tables.encryption().settings(id));
        ObjectNode quotas = record.putObject("quotas");
        tables.accounts().quotas(id).forEach((quota, most) -> quotas.put(quota.text(), most));
        putGroups(tables, record.putArray("groups"), id);
        KeyJson.put(tables, record, id, Optional.empty());
        return record.toString();
    }

    private static void putSwitches(
            ObjectNode record, Account.Switches switches, KeySettings settings) {
        record.put("customerKeys", switches.customerKeys());
        record.put("encryptByDefault", switches.encryptByDefault());
        record.put("encryptAlways", settings.encrypt() == KeySettings.Encrypt.ALWAYS);
        record.put("publicImages", switches.publicImages());
        record.put("keyService", settings.service());
    }

    private static void putGroups(Tables tables, ArrayNode groups, AccountId id) {
        tables.groups()
                .list(id, 0, MOST_GROUPS)
                .items()
                .forEach(group -> GroupJson.put(groups.addObject(), group));
    }
}
