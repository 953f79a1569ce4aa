-- Keys, and what is sealed under them.

-- A scope is now one of an account, a region and, if it is sealed, a key's version. SQLite can't take
-- a constraint from a table, so the table is made anew; its numbers stay, for other tables refer to
-- them.
create table former_scope as select * from scope;
drop table scope;

create table scope (
    id integer primary key,
    account text not null references account,
    region text not null references region,
    key text check (length(key) = 36),
    key_version integer check (key_version > 0),
    dirty_since integer,
    swept blob,
    check ((key is null) = (key_version is null))
) strict;
create unique index scope_open on scope (account, region) where key is null;
create unique index scope_sealed on scope (account, region, key, key_version)
    where key is not null;
create index scope_unswept on scope (region) where dirty_since is not null or swept is not null;

insert into scope (id, account, region, dirty_since, swept)
select id, account, region, dirty_since, swept from former_scope;
drop table former_scope;

-- Each sealed scope's data key, wrapped by the version of the key that is in the scope.
create table data_key (
    scope integer primary key references scope,
    wrapped text not null
) strict;

alter table snapshot add column key text check (length(key) = 36);
alter table snapshot add column key_version integer check (key_version > 0);

-- What the part will be called in its scope, which a source's part need not be.
alter table piece rename column source to name;

-- Keys of the embedded key service. `material` is the key itself, wrapped by the master key.
create table kms_key (
    id text primary key check (length(id) = 36),
    account text not null references account,
    region text not null references region,
    description text not null,
    state text not null check (state in ('Enabled', 'Disabled', 'PendingDeletion')),
    deletion integer,
    created integer not null,
    service integer not null check (service in (0, 1)),
    granted integer not null check (granted in (0, 1)),
    material text not null,
    revision integer not null default 0 check (revision >= 0),
    check ((state = 'PendingDeletion') = (deletion is not null))
) strict, without rowid;
create index kms_key_created on kms_key (account, region, created, id);
create unique index kms_key_service on kms_key (account, region) where service = 1;
create index kms_key_deletion on kms_key (deletion) where deletion is not null;

create table kms_alias (
    account text not null,
    region text not null,
    name text not null,
    key text not null references kms_key on delete cascade,
    primary key (account, region, name)
) strict, without rowid;
create index kms_alias_key on kms_alias (key);

-- Whether the account lets the image service use the key service; and whether it refuses who asks for
-- a plain image, which says more than `encrypt_by_default`.
alter table account add column key_service integer not null default 1
    check (key_service in (0, 1));
alter table account add column encrypt_always integer not null default 0
    check (encrypt_always in (0, 1));

pragma user_version = 3;
