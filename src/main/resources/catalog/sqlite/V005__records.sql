-- Accounts, users and rules of regions are told to the stores, too; and what stores tell is read back.

-- Each counts the records that were made of it; 0 if none was yet.
alter table account add column revision integer not null default 0 check (revision >= 0);
alter table account_user add column revision integer not null default 0 check (revision >= 0);
alter table region add column rules_revision integer not null default 0
    check (rules_revision >= 0);

-- For a rebuild alone, and empty at all other times: the newest record of each subject in each store,
-- and what was found wrong with parts.
create table told_record (
    kind text not null,
    subject text not null,
    region text not null references region,
    revision integer not null check (revision >= 0),
    sequence integer not null check (sequence >= 0),
    deleted integer not null check (deleted in (0, 1)),
    primary key (kind, subject, region)
) strict, without rowid;

create table damaged_part (
    part integer primary key references part on delete cascade,
    damage text not null
) strict;

pragma user_version = 5;
