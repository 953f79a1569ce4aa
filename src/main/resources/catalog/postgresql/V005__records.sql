-- What version 5 on SQLite has.

alter table account add column revision bigint not null default 0 check (revision >= 0);
alter table account_user add column revision bigint not null default 0 check (revision >= 0);
alter table region add column rules_revision bigint not null default 0
    check (rules_revision >= 0);

create table told_record (
    kind word not null,
    subject word not null,
    region word not null references region,
    revision bigint not null check (revision >= 0),
    sequence bigint not null check (sequence >= 0),
    deleted smallint not null check (deleted in (0, 1)),
    primary key (kind, subject, region)
);

create table damaged_part (
    part bigint primary key references part on delete cascade,
    damage word not null
);

update catalog_format set version = 5;
