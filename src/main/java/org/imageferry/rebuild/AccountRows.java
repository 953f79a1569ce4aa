package org.imageferry.rebuild;

import java.util.List;
import java.util.Optional;
import org.imageferry.catalog.AccessKeys;
import org.imageferry.catalog.Restoration;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Account;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.UserId;
import org.imageferry.records.AccountRecord;
import org.imageferry.records.DamagedRecordException;
import org.imageferry.records.ToldAccount;
import org.imageferry.records.ToldUser;
import org.imageferry.records.UserRecord;

/// Makes the rows of accounts and their users. Where some store knows an older state than another, all are
/// told anew.
final class AccountRows {
    private final Rebuild.Plan plan;
    private final Findings findings;
    private final int stores;

    AccountRows(Rebuild.Plan plan, Findings findings, int stores) {
        this.plan = plan;
        this.findings = findings;
        this.stores = stores;
    }

    void account(Tables tables, RowMaker.Newest newest) throws DamagedRecordException {
        ToldAccount told = newest.record().as(ToldAccount::of);
        Account account = told.account();
        AccountId id = account.id();
        if (!tables.accounts().add(account)) {
            throw new IllegalArgumentException("another account is called " + account.name());
        }
        tables.encryption().set(id, told.settings());
        tables.accounts().update(account); // one column is of both
        told.quotas().forEach((quota, most) -> tables.accounts().setQuota(id, quota, most));
        told.groups().forEach(group -> Owners.ensure(tables, Optional.of(group)));
        addKeys(tables, told.keys());
        tables.restoration()
                .revised(Restoration.Counted.ACCOUNT, id.value(), newest.told().revision());
        if (isToBeTold(tables, newest, told.keys())) {
            AccountRecord.changed(tables, id);
        }
        if (account.deleted().isEmpty()) {
            findings.countAccount();
        }
    }

    void user(Tables tables, RowMaker.Newest newest) throws DamagedRecordException {
        ToldUser told = newest.record().as(ToldUser::of);
        UserId id = told.user().id();
        Optional<Account> account = tables.accounts().find(told.user().account());
        if (account.flatMap(Account::deleted).isPresent()) {
            return; // it went with its account
        }
        if (account.isEmpty()) {
            throw new IllegalArgumentException("there is no account " + told.user().account());
        }
        if (!tables.users().add(told.user())) {
            throw new IllegalArgumentException(
                    "another user of the account is called " + told.user().name());
        }
        told.policies().forEach(tables.users()::put);
        addKeys(tables, told.keys());
        tables.restoration()
                .revised(Restoration.Counted.USER, id.value(), newest.told().revision());
        if (isToBeTold(tables, newest, told.keys())) {
            UserRecord.changed(tables, id);
        }
    }

    private void addKeys(Tables tables, List<AccessKeys.Kept> keys) {
        if (plan.keys()) {
            keys.forEach(tables.accessKeys()::add);
        }
    }

    private boolean isToBeTold(Tables tables, RowMaker.Newest newest, List<AccessKeys.Kept> keys) {
        boolean lost = !plan.keys() && !keys.isEmpty();
        return lost || tables.restoration().regions(newest.told()) < stores;
    }
}
