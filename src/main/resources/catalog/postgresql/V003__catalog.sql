-- The catalog's tables on PostgreSQL: what version 3 on SQLite has, under the same names. From here on
-- both have a migration for each version.
--
-- Times are milliseconds since 1970 (UTC), lengths are bytes, ids are the domain's texts; digests and
-- object ids are their bytes; what is true is 1. A migration that was released is never changed.

-- Compared byte by byte, whatever the database's language: so lists have one order everywhere.
create domain word as text collate "C";

-- The version of the tables, so that a start that finds the newest needs no migration tool.
create table catalog_format (
    one smallint primary key check (one = 1),
    version integer not null
);

-- Has no rows. Writers lock it before they see anything: see PostgresDialect.
create table writers ();

-- What each connection that writes committed last. Tells whether a commit whose answer was lost was
-- carried out: see CommitMarks.
create table commit_mark (
    slot word primary key,
    number bigint not null,
    at timestamptz not null
);

create table installation (
    one smallint primary key check (one = 1),
    id word not null check (length(id) = 32)
);

-- Accounts

-- A deleted account's row stays, for tokens that name it and for what it once did. Its keys and users go.
-- `customer_keys`: whether it may encrypt with keys of its own. `public_images`: whether it may publish.
-- `key_service`: whether it lets the image service use the key service. `encrypt_always`: whether it
-- refuses who asks for a plain image, which says more than `encrypt_by_default`.
create table account (
    id word primary key check (length(id) = 16),
    name word not null,
    administrator smallint not null default 0 check (administrator in (0, 1)),
    created bigint not null default 0,
    deleted bigint,
    customer_keys smallint not null default 1 check (customer_keys in (0, 1)),
    encrypt_by_default smallint not null default 0 check (encrypt_by_default in (0, 1)),
    public_images smallint not null default 1 check (public_images in (0, 1)),
    key_service smallint not null default 1 check (key_service in (0, 1)),
    encrypt_always smallint not null default 0 check (encrypt_always in (0, 1))
);
create unique index account_name on account (name) where deleted is null;

-- Someone for whom an account's access keys were made, who may do what the policies say. Who signs
-- with a key of the account itself may do all.
create table account_user (
    id word primary key check (length(id) = 18),
    account word not null references account,
    name word not null,
    created bigint not null,
    unique (account, name)
);

create table policy (
    account_user word not null references account_user on delete cascade,
    name word not null,
    document word not null,
    created bigint not null,
    primary key (account_user, name)
);

create table access_key (
    id word primary key,
    account word not null references account,
    wrapped_secret word not null,
    active smallint not null check (active in (0, 1)),
    account_user word references account_user on delete cascade,
    created bigint not null default 0
);
create index access_key_account on access_key (account, created, id);
create index access_key_user on access_key (account_user) where account_user is not null;

-- A quota that is not here has its default.
create table account_quota (
    account word not null references account,
    quota word not null,
    most bigint not null check (most >= 0),
    primary key (account, quota)
);

-- The default group of an account follows from its id and has no row: where `resource_group` is null
-- elsewhere, it is meant.
create table resource_group (
    id word primary key,
    account word not null references account,
    name word not null,
    display_name word not null,
    created bigint not null,
    unique (account, name)
);

-- Regions

-- Each number counts up: `ticket` the region's queues, `generation` its store's, `record` its outbox.
-- `oldest_snapshot`: images of older snapshots are not copied; 2013-07-15 by default, as at ECS.
create table region (
    id word primary key,
    ticket bigint not null default 0 check (ticket >= 0),
    generation bigint not null default 0 check (generation >= 0),
    record bigint not null default 0 check (record >= 0),
    copying smallint not null default 1 check (copying in (0, 1)),
    customer_keys smallint not null default 1 check (customer_keys in (0, 1)),
    oldest_snapshot bigint not null default 1373846400000
);

-- From where to where no image may be copied.
create table region_barrier (
    source word not null references region,
    destination word not null references region,
    primary key (source, destination)
);

-- A scope is one of an account, a region and, if it is sealed, a key's version.
-- `dirty_since`: when objects were condemned to which rows of the block index may lead that no sweep
-- has looked at since. `swept`: the name up to which a sweep has come; null while none is under way.
create table scope (
    id bigint generated by default as identity primary key,
    account word not null references account,
    region word not null references region,
    key word check (length(key) = 36),
    key_version integer check (key_version > 0),
    dirty_since bigint,
    swept bytea,
    check ((key is null) = (key_version is null))
);
create unique index scope_open on scope (account, region) where key is null;
create unique index scope_sealed on scope (account, region, key, key_version)
    where key is not null;
create index scope_unswept on scope (region) where dirty_since is not null or swept is not null;

-- Each sealed scope's data key, wrapped by the version of the key that is in the scope.
create table data_key (
    scope bigint primary key references scope,
    wrapped word not null
);

-- Snapshots

-- `expires`: `created` and the days together, for what looks for snapshots whose time is over.
create table snapshot (
    id word primary key,
    account word not null references account,
    region word not null references region,
    name word not null,
    bytes bigint not null check (bytes >= 0),
    digest bytea check (length(digest) = 32),
    created bigint not null,
    source_snapshot word,
    source_region word,
    description word not null default '',
    resource_group word references resource_group,
    makes_images smallint not null default 1 check (makes_images in (0, 1)),
    damage word,
    retention_days integer check (retention_days between 1 and 65536),
    expires bigint,
    revision bigint not null default 1 check (revision > 0),
    key word check (length(key) = 36),
    key_version integer check (key_version > 0),
    check ((expires is null) = (retention_days is null)),
    check ((source_snapshot is null) = (source_region is null))
);
create index snapshot_created on snapshot (account, region, created desc, id);
create index snapshot_expires on snapshot (region, expires) where expires is not null;
create index snapshot_name on snapshot (account, region, name, created desc, id);
create index snapshot_group on snapshot (resource_group) where resource_group is not null;

-- What a tag is looked for by stands in its row: owner, place and age of what has it never change.
create table snapshot_tag (
    snapshot word not null references snapshot on delete cascade,
    key word not null,
    value word not null,
    position integer not null,
    account word not null,
    region word not null,
    created bigint not null,
    primary key (snapshot, key)
);
create index snapshot_tag_value
    on snapshot_tag (account, region, key, value, created desc, snapshot);

-- Kept for a while, so that whoever deletes one twice hears that it is gone, not that it never was.
create table deleted_snapshot (
    id word primary key,
    account word not null,
    deleted bigint not null
);
create index deleted_snapshot_deleted on deleted_snapshot (deleted);

create table snapshot_count (
    account word not null,
    region word not null,
    snapshots bigint not null check (snapshots >= 0),
    primary key (account, region)
);

create function snapshot_added() returns trigger language plpgsql as $$
begin
    insert into snapshot_count values (new.account, new.region, 1)
    on conflict (account, region)
    do update set snapshots = snapshot_count.snapshots + 1;
    return null;
end $$;
create trigger snapshot_added after insert on snapshot
for each row execute function snapshot_added();

create function snapshot_removed() returns trigger language plpgsql as $$
begin
    update snapshot_count set snapshots = snapshots - 1
    where account = old.account and region = old.region;
    return null;
end $$;
create trigger snapshot_removed after delete on snapshot
for each row execute function snapshot_removed();

-- Images

-- States and actions are rows, so that a later one needs no constraint made anew.
create table image_state (name word primary key);
insert into image_state values
    ('Waiting'), ('Creating'), ('Available'), ('Deprecated'), ('CreateFailed');

create table image (
    id word primary key,
    account word not null references account,
    region word not null references region,
    name word not null,
    description word not null,
    family word,
    state word not null references image_state,
    reason word,
    created bigint not null,
    origin word not null check (origin in ('imported', 'copied', 'created')),
    source_image word,
    source_region word,
    architecture word not null,
    os_type word not null,
    platform word not null,
    boot_mode word not null,
    nvme_support smallint not null check (nvme_support in (0, 1)),
    imds_support word not null,
    license_type word not null,
    resource_group word references resource_group,
    public smallint not null check (public in (0, 1)),
    bytes bigint not null check (bytes >= 0),
    revision bigint not null check (revision > 0),
    check ((state = 'CreateFailed') = (reason is not null)),
    check ((origin = 'copied') = (source_image is not null)),
    check ((source_image is null) = (source_region is null))
);
create unique index image_name on image (account, region, name) where state <> 'CreateFailed';
create index image_any_name on image (account, region, name);
create index image_created on image (account, region, created desc, id, state);
create index image_failed on image (created) where state = 'CreateFailed';
create index image_family on image (account, region, family, created desc, id)
    where family is not null;
create index image_public on image (region, created desc, id) where public = 1;
create index image_group on image (resource_group) where resource_group is not null;
create index image_source on image (source_image, account, created desc, id)
    where source_image is not null;

create table disk (
    image word not null references image on delete cascade,
    number integer not null check (number >= 0),
    bytes bigint not null check (bytes >= 0),
    snapshot word not null references snapshot,
    primary key (image, number)
);
create index disk_snapshot on disk (snapshot);

-- How many images there are, so that the first and the last page of a long list cost the same.
create table image_count (
    account word not null,
    region word not null,
    state word not null,
    images bigint not null check (images >= 0),
    primary key (account, region, state)
);

-- What a tag is looked for by stands in its row: owner, place and age of its image never change, and
-- its state is kept up to date by a trigger.
create table image_tag (
    image word not null references image on delete cascade,
    key word not null,
    value word not null,
    position integer not null,
    account word not null,
    region word not null,
    created bigint not null,
    state word not null,
    primary key (image, key)
);
create index image_tag_value on image_tag (account, region, key, value, created desc, image, state);

-- How many images have a tag. A tag that no image has any more has no row.
create table image_tag_count (
    account word not null,
    region word not null,
    key word not null,
    value word not null,
    state word not null,
    images bigint not null check (images >= 0),
    primary key (account, region, key, value, state)
);

-- One more or one less image in a state.
create function count_images(its_account word, its_region word, its_state word, more bigint)
returns void language sql as $$
    insert into image_count values (its_account, its_region, its_state, 0)
    on conflict (account, region, state) do nothing;
    update image_count set images = images + more
    where account = its_account and region = its_region and state = its_state;
$$;

create function image_added() returns trigger language plpgsql as $$
begin
    perform count_images(new.account, new.region, new.state, 1);
    return null;
end $$;
create trigger image_added after insert on image
for each row execute function image_added();

create function image_removed() returns trigger language plpgsql as $$
begin
    perform count_images(old.account, old.region, old.state, -1);
    return null;
end $$;
create trigger image_removed after delete on image
for each row execute function image_removed();

create function image_moved() returns trigger language plpgsql as $$
begin
    perform count_images(old.account, old.region, old.state, -1);
    perform count_images(new.account, new.region, new.state, 1);
    update image_tag set state = new.state where image = new.id;
    return null;
end $$;
create trigger image_moved after update of state on image
for each row when (old.state <> new.state) execute function image_moved();

create function image_tag_added() returns trigger language plpgsql as $$
begin
    insert into image_tag_count
    values (new.account, new.region, new.key, new.value, new.state, 1)
    on conflict (account, region, key, value, state)
    do update set images = image_tag_count.images + 1;
    return null;
end $$;
create trigger image_tag_added after insert on image_tag
for each row execute function image_tag_added();

create function image_tag_removed() returns trigger language plpgsql as $$
begin
    update image_tag_count set images = images - 1
    where account = old.account and region = old.region and key = old.key and value = old.value
        and state = old.state;
    delete from image_tag_count
    where account = old.account and region = old.region and key = old.key and value = old.value
        and state = old.state and images = 0;
    return null;
end $$;
create trigger image_tag_removed after delete on image_tag
for each row execute function image_tag_removed();
create trigger image_tag_left after update of value, state on image_tag
for each row execute function image_tag_removed();
create trigger image_tag_moved after update of value, state on image_tag
for each row execute function image_tag_added();

-- With whom an image is shared; `owner`, `region` and `created` are the image's.
create table image_share (
    image word not null references image on delete cascade,
    account word not null references account,
    owner word not null references account,
    region word not null,
    created bigint not null,
    shared bigint not null,
    primary key (image, account)
);
create index image_share_account on image_share (account, region, created desc, image);
create index image_share_owner on image_share (owner, region, image);

-- Into which regions everybody may copy an image that an administrator published in the marketplace.
create table image_market (
    image word not null references image on delete cascade,
    region word not null references region,
    primary key (image, region)
);

-- Tasks and claims

create table task_action (name word primary key);
insert into task_action values
    ('CopyImage'), ('ImportImage'), ('ExportImage'), ('VerifyImages'), ('CopySnapshot');

-- `source`: the image or the snapshot that is copied, or the image that is exported. `snapshot`: what a
-- copy of a snapshot brings.
create table task (
    id word primary key,
    account word not null references account,
    region word not null references region,
    image word,
    source word,
    action word not null references task_action,
    work word not null,
    status word not null
        check (status in ('Waiting', 'Processing', 'Finished', 'Failed', 'Cancelled')),
    slot integer check (slot >= 0),
    started bigint,
    ended bigint,
    reason word,
    ticket bigint not null,
    created bigint not null,
    total bigint not null check (total >= 0),
    done bigint not null check (done >= 0),
    moved bigint not null check (moved >= 0),
    stored bigint not null check (stored >= 0),
    progressed bigint not null,
    snapshot word,
    check ((status = 'Processing') = (slot is not null)),
    check ((status = 'Processing') = (started is not null)),
    check ((status in ('Finished', 'Failed', 'Cancelled')) = (ended is not null)),
    check ((status = 'Failed') = (reason is not null))
);
create unique index task_slot on task (region, action, slot) where status = 'Processing';
create unique index task_copy on task (source, region, account)
    where action in ('CopyImage', 'CopySnapshot') and status in ('Waiting', 'Processing');
create index task_source_image on task (source) where status in ('Waiting', 'Processing');
create unique index task_bringing on task (image) where action in ('CopyImage', 'ImportImage');
create index task_image on task (image);
create index task_snapshot on task (snapshot) where snapshot is not null;
create index task_waiting on task (region, action, account, ticket) where status = 'Waiting';
-- Happily 'Processing' sorts before 'Waiting', as it should.
create index task_queue on task (region, status, ticket) where status in ('Waiting', 'Processing');
create index task_created on task (account, created desc, id, region, action, status);
create index task_ended on task (ended) where ended is not null;

create table task_source (
    task word not null references task on delete cascade,
    snapshot word not null references snapshot,
    primary key (task, snapshot)
);
create index task_source_snapshot on task_source (snapshot);

-- Whose turn it was: in a queue, the account with the lowest turn was served longest ago.
create table served (
    region word not null references region,
    action word not null,
    account word not null references account,
    turn bigint not null,
    primary key (region, action, account)
);

-- A claim's number is the epoch that fences its holder, so it is never used again.
create table claim (
    id bigint generated by default as identity primary key,
    task word not null references task on delete cascade,
    node word not null,
    until bigint not null
);
create index claim_task on claim (task);
create index claim_until on claim (until);
create index claim_node on claim (node);

-- A piece of a task's work that is not done: a part of a snapshot, or, where these are null, all of it.
-- `name`: what the part will be called in its scope. `counted` is the most that was ever reported of it,
-- and so is in the task's progress already.
create table piece (
    id bigint generated by default as identity primary key,
    task word not null references task on delete cascade,
    snapshot word references snapshot,
    number integer check (number >= 0),
    claim bigint references claim on delete set null,
    attempts integer not null default 0 check (attempts >= 0),
    not_before bigint not null default 0,
    name bytea check (length(name) = 32),
    bytes bigint not null default 0 check (bytes >= 0),
    counted bigint not null default 0 check (counted >= 0),
    unique (snapshot, number),
    check ((snapshot is null) = (number is null))
);
create index piece_task on piece (task, id);
create unique index piece_claim on piece (claim) where claim is not null;
create unique index piece_whole on piece (task) where snapshot is null;

-- Objects and parts

-- `loose`: no part needs it. Kept by the triggers below, for a collector can't look for what is not
-- there. `claim` is no reference: it tells whose work the object is, also when the claim is gone.
-- Numbers are never used again, for rows of the block index may outlive their object.
create table stored_object (
    number bigint generated by default as identity primary key,
    id bytea not null unique check (length(id) = 16),
    scope bigint not null references scope,
    region word not null references region,
    kind word not null check (kind in ('SEGMENT', 'MANIFEST')),
    state word not null check (state in ('WRITING', 'LIVE', 'CONDEMNED')),
    claim bigint not null,
    bytes bigint not null check (bytes >= 0),
    loose smallint not null default 1 check (loose in (0, 1)),
    condemned_at bigint,
    check ((state = 'CONDEMNED') = (condemned_at is not null)),
    check (loose = 1 or state = 'LIVE')
);
create index stored_object_standing on stored_object (region, state, loose, bytes);
create index stored_object_live on stored_object (region, id) where state = 'LIVE';
create index stored_object_condemned on stored_object (region, condemned_at)
    where state = 'CONDEMNED';

-- `loose`: no snapshot has it. `manifest` is among the part's rows in `part_object`, which hold it.
create table part (
    id bigint generated by default as identity primary key,
    scope bigint not null references scope,
    region word not null references region,
    digest bytea not null check (length(digest) = 32),
    manifest bigint not null,
    content_bytes bigint not null check (content_bytes >= 0),
    loose smallint not null default 1 check (loose in (0, 1)),
    unique (scope, digest)
);
create index part_loose on part (region, id) where loose = 1;

-- Liveness is this relation: what a part needs is not condemned, and can't be forgotten.
create table part_object (
    part bigint not null references part on delete cascade,
    object bigint not null references stored_object on delete restrict,
    primary key (part, object)
);
create index part_object_object on part_object (object);

create function object_needed() returns trigger language plpgsql as $$
begin
    update stored_object set loose = 0 where number = new.object and loose = 1;
    return null;
end $$;
create trigger object_needed after insert on part_object
for each row execute function object_needed();

create function object_released() returns trigger language plpgsql as $$
begin
    update stored_object set loose = 1
    where number = old.object and loose = 0
        and not exists (select 1 from part_object where object = old.object);
    return null;
end $$;
create trigger object_released after delete on part_object
for each row execute function object_released();

-- `scope`, `disk_bytes` and `created` repeat the snapshot's, for the indexes that find the nearest.
create table snapshot_part (
    snapshot word not null references snapshot on delete cascade,
    number integer not null check (number >= 0),
    part bigint not null references part,
    scope bigint not null,
    disk_bytes bigint not null,
    created bigint not null,
    primary key (snapshot, number)
);
create index snapshot_part_part on snapshot_part (part);
create index snapshot_part_equal on snapshot_part (scope, number, disk_bytes, created desc, snapshot);
create index snapshot_part_newest on snapshot_part (scope, number, created desc, snapshot);

create function part_attached() returns trigger language plpgsql as $$
begin
    update part set loose = 0 where id = new.part and loose = 1;
    return null;
end $$;
create trigger part_attached after insert on snapshot_part
for each row execute function part_attached();
create trigger part_exchanged after update of part on snapshot_part
for each row when (old.part <> new.part) execute function part_attached();

create function part_detached() returns trigger language plpgsql as $$
begin
    update part set loose = 1
    where id = old.part and loose = 0
        and not exists (select 1 from snapshot_part where part = old.part);
    return null;
end $$;
create trigger part_detached after delete on snapshot_part
for each row execute function part_detached();
create trigger part_left after update of part on snapshot_part
for each row when (old.part <> new.part) execute function part_detached();

-- The block index: by far the largest table. It has no second index and no reference to
-- `stored_object`: either would double it. See JdbcBlockIndex for how stale rows go.
create table block (
    scope bigint not null,
    name bytea not null,
    object bigint not null,
    ordinal integer not null,
    primary key (scope, name)
);

-- Outbox and tokens

-- The newest record of each subject: what its next one supersedes.
create table subject (
    region word not null references region,
    id word not null,
    sequence bigint not null,
    primary key (region, id)
);

create table outbox (
    region word not null references region,
    sequence bigint not null,
    subject word not null,
    body word not null,
    supersedes bigint,
    primary key (region, sequence)
);

create table nonce (
    access_key word not null,
    nonce word not null,
    until bigint not null,
    primary key (access_key, nonce)
);
create index nonce_until on nonce (until);

create table client_token (
    account word not null,
    action word not null,
    token word not null,
    parameters bytea not null check (length(parameters) = 32),
    answer word not null,
    until bigint not null,
    primary key (account, action, token)
);
create index client_token_until on client_token (until);

-- Keys of the embedded key service. `material` is the key itself, wrapped by the master key.
create table kms_key (
    id word primary key check (length(id) = 36),
    account word not null references account,
    region word not null references region,
    description word not null,
    state word not null check (state in ('Enabled', 'Disabled', 'PendingDeletion')),
    deletion bigint,
    created bigint not null,
    service smallint not null check (service in (0, 1)),
    granted smallint not null check (granted in (0, 1)),
    material word not null,
    revision bigint not null default 0 check (revision >= 0),
    check ((state = 'PendingDeletion') = (deletion is not null))
);
create index kms_key_created on kms_key (account, region, created, id);
create unique index kms_key_service on kms_key (account, region) where service = 1;
create index kms_key_deletion on kms_key (deletion) where deletion is not null;

create table kms_alias (
    account word not null,
    region word not null,
    name word not null,
    key word not null references kms_key on delete cascade,
    primary key (account, region, name)
);
create index kms_alias_key on kms_alias (key);

insert into catalog_format values (1, 3);
