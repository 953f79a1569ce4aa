-- Who may do what; what may be said about images and snapshots; which of them others may see.
--
-- Tables whose checks change are made anew and renamed, as sqlite.org, "ALTER TABLE", section 7, tells.
-- That wants foreign keys off, which the connection that migrates has seen to.

-- Accounts

-- A deleted account's row stays, for tokens that name it and for what it once did. Its keys and users go.
-- `customer_keys`: whether it may encrypt with keys of its own. `public_images`: whether it may publish.
alter table account add column administrator integer not null default 0
    check (administrator in (0, 1));
alter table account add column created integer not null default 0;
alter table account add column deleted integer;
alter table account add column customer_keys integer not null default 1
    check (customer_keys in (0, 1));
alter table account add column encrypt_by_default integer not null default 0
    check (encrypt_by_default in (0, 1));
alter table account add column public_images integer not null default 1
    check (public_images in (0, 1));
update account set administrator = 1; -- until now there was only the first
create unique index account_name on account (name) where deleted is null;

-- Someone for whom an account's access keys were made, who may do what the policies say. Who signs
-- with a key of the account itself may do all.
create table account_user (
    id text primary key check (length(id) = 18),
    account text not null references account,
    name text not null,
    created integer not null,
    unique (account, name)
) strict, without rowid;

create table policy (
    account_user text not null references account_user on delete cascade,
    name text not null,
    document text not null,
    created integer not null,
    primary key (account_user, name)
) strict, without rowid;

alter table access_key add column account_user text references account_user on delete cascade;
alter table access_key add column created integer not null default 0;
create index access_key_account on access_key (account, created, id);
create index access_key_user on access_key (account_user) where account_user is not null;

-- A quota that is not here has its default.
create table account_quota (
    account text not null references account,
    quota text not null,
    most integer not null check (most >= 0),
    primary key (account, quota)
) strict, without rowid;

-- The default group of an account follows from its id and has no row: where `resource_group` is null
-- elsewhere, it is meant.
create table resource_group (
    id text primary key,
    account text not null references account,
    name text not null,
    display_name text not null,
    created integer not null,
    unique (account, name)
) strict, without rowid;

-- Regions

-- `oldest_snapshot`: images of older snapshots are not copied; 2013-07-15 by default, as at ECS.
alter table region add column copying integer not null default 1 check (copying in (0, 1));
alter table region add column customer_keys integer not null default 1
    check (customer_keys in (0, 1));
alter table region add column oldest_snapshot integer not null default 1373846400000;

-- From where to where no image may be copied.
create table region_barrier (
    source text not null references region,
    destination text not null references region,
    primary key (source, destination)
) strict, without rowid;

-- Snapshots

alter table snapshot add column description text not null default '';
alter table snapshot add column resource_group text references resource_group;
alter table snapshot add column makes_images integer not null default 1
    check (makes_images in (0, 1));
alter table snapshot add column damage text;
-- `expires`: `created` and the days together, for what looks for snapshots whose time is over.
alter table snapshot add column retention_days integer check (retention_days between 1 and 65536);
alter table snapshot add column expires integer
    check ((expires is null) = (retention_days is null));
create index snapshot_expires on snapshot (region, expires) where expires is not null;
alter table snapshot add column revision integer not null default 1 check (revision > 0);

create index snapshot_name on snapshot (account, region, name, created desc, id);
create index snapshot_group on snapshot (resource_group) where resource_group is not null;

-- What a tag is looked for by stands in its row: owner, place and age of what has it never change.
create table snapshot_tag (
    snapshot text not null references snapshot on delete cascade,
    key text not null,
    value text not null,
    position integer not null,
    account text not null,
    region text not null,
    created integer not null,
    primary key (snapshot, key)
) strict, without rowid;
create index snapshot_tag_value
    on snapshot_tag (account, region, key, value, created desc, snapshot);

-- Kept for a while, so that whoever deletes one twice hears that it is gone, not that it never was.
create table deleted_snapshot (
    id text primary key,
    account text not null,
    deleted integer not null
) strict, without rowid;
create index deleted_snapshot_deleted on deleted_snapshot (deleted);

create table snapshot_count (
    account text not null,
    region text not null,
    snapshots integer not null check (snapshots >= 0),
    primary key (account, region)
) strict, without rowid;
insert into snapshot_count select account, region, count(*) from snapshot group by account, region;

create trigger snapshot_added after insert on snapshot begin
    insert into snapshot_count values (new.account, new.region, 1)
    on conflict (account, region) do update set snapshots = snapshots + 1;
end;

create trigger snapshot_removed after delete on snapshot begin
    update snapshot_count set snapshots = snapshots - 1
    where account = old.account and region = old.region;
end;

-- Images

-- States and actions are rows, so that a later one needs no table made anew.
create table image_state (name text primary key) strict, without rowid;
insert into image_state values
    ('Waiting'), ('Creating'), ('Available'), ('Deprecated'), ('CreateFailed');

create table image_new (
    id text primary key,
    account text not null references account,
    region text not null references region,
    name text not null,
    description text not null,
    family text,
    state text not null references image_state,
    reason text,
    created integer not null,
    origin text not null check (origin in ('imported', 'copied', 'created')),
    source_image text,
    source_region text,
    architecture text not null,
    os_type text not null,
    platform text not null,
    boot_mode text not null,
    nvme_support integer not null check (nvme_support in (0, 1)),
    imds_support text not null,
    license_type text not null,
    resource_group text references resource_group,
    public integer not null check (public in (0, 1)),
    bytes integer not null check (bytes >= 0),
    revision integer not null check (revision > 0),
    check ((state = 'CreateFailed') = (reason is not null)),
    check ((origin = 'copied') = (source_image is not null)),
    check ((source_image is null) = (source_region is null))
) strict;
insert into image_new
select id, account, region, name, description, null, state, reason, created,
    case when source_image is null then 'imported' else 'copied' end, source_image, source_region,
    architecture, os_type, platform, boot_mode, 0, 'v1', '', null, 0, bytes, revision
from image;
drop table image;
alter table image_new rename to image;

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

create trigger image_added after insert on image begin
    insert into image_count values (new.account, new.region, new.state, 1)
    on conflict (account, region, state) do update set images = images + 1;
end;

create trigger image_removed after delete on image begin
    update image_count set images = images - 1
    where account = old.account and region = old.region and state = old.state;
end;

create trigger image_moved after update of state on image when old.state <> new.state begin
    update image_count set images = images - 1
    where account = old.account and region = old.region and state = old.state;
    insert into image_count values (new.account, new.region, new.state, 1)
    on conflict (account, region, state) do update set images = images + 1;
end;

-- What a tag is looked for by stands in its row: owner, place and age of its image never change, and
-- its state is kept up to date here.
create table image_tag (
    image text not null references image on delete cascade,
    key text not null,
    value text not null,
    position integer not null,
    account text not null,
    region text not null,
    created integer not null,
    state text not null,
    primary key (image, key)
) strict, without rowid;
insert into image_tag
select tag.image, tag.key, tag.value, tag.position, image.account, image.region, image.created,
    image.state
from tag join image on image.id = tag.image;
drop table tag;
create index image_tag_value on image_tag (account, region, key, value, created desc, image, state);

create trigger image_moved_tags after update of state on image when old.state <> new.state begin
    update image_tag set state = new.state where image = new.id;
end;

-- How many images have a tag. A tag that no image has any more has no row.
create table image_tag_count (
    account text not null,
    region text not null,
    key text not null,
    value text not null,
    state text not null,
    images integer not null check (images >= 0),
    primary key (account, region, key, value, state)
) strict, without rowid;
insert into image_tag_count
select account, region, key, value, state, count(*) from image_tag
group by account, region, key, value, state;

create trigger image_tag_added after insert on image_tag begin
    insert into image_tag_count
    values (new.account, new.region, new.key, new.value, new.state, 1)
    on conflict (account, region, key, value, state) do update set images = images + 1;
end;

create trigger image_tag_removed after delete on image_tag begin
    update image_tag_count set images = images - 1
    where account = old.account and region = old.region and key = old.key and value = old.value
        and state = old.state;
end;

create trigger image_tag_moved after update of value, state on image_tag begin
    update image_tag_count set images = images - 1
    where account = old.account and region = old.region and key = old.key and value = old.value
        and state = old.state;
    insert into image_tag_count
    values (new.account, new.region, new.key, new.value, new.state, 1)
    on conflict (account, region, key, value, state) do update set images = images + 1;
end;

create trigger image_tag_unused after update of images on image_tag_count when new.images = 0 begin
    delete from image_tag_count
    where account = new.account and region = new.region and key = new.key and value = new.value
        and state = new.state;
end;

-- With whom an image is shared; `owner`, `region` and `created` are the image's.
create table image_share (
    image text not null references image on delete cascade,
    account text not null references account,
    owner text not null references account,
    region text not null,
    created integer not null,
    shared integer not null,
    primary key (image, account)
) strict, without rowid;
create index image_share_account on image_share (account, region, created desc, image);
create index image_share_owner on image_share (owner, region, image);

-- Into which regions everybody may copy an image that an administrator published in the marketplace.
create table image_market (
    image text not null references image on delete cascade,
    region text not null references region,
    primary key (image, region)
) strict, without rowid;

-- Tasks

create table task_action (name text primary key) strict, without rowid;
insert into task_action values
    ('CopyImage'), ('ImportImage'), ('ExportImage'), ('VerifyImages'), ('CopySnapshot');

-- `source`: the image or the snapshot that is copied, or the image that is exported. `snapshot`: what a
-- copy of a snapshot brings.
create table task_new (
    id text primary key,
    account text not null references account,
    region text not null references region,
    image text,
    source text,
    action text not null references task_action,
    work text not null,
    status text not null
        check (status in ('Waiting', 'Processing', 'Finished', 'Failed', 'Cancelled')),
    slot integer check (slot >= 0),
    started integer,
    ended integer,
    reason text,
    ticket integer not null,
    created integer not null,
    total integer not null check (total >= 0),
    done integer not null check (done >= 0),
    moved integer not null check (moved >= 0),
    stored integer not null check (stored >= 0),
    progressed integer not null,
    snapshot text,
    check ((status = 'Processing') = (slot is not null)),
    check ((status = 'Processing') = (started is not null)),
    check ((status in ('Finished', 'Failed', 'Cancelled')) = (ended is not null)),
    check ((status = 'Failed') = (reason is not null))
) strict;
insert into task_new select *, null from task;
-- a verification of a whole region had an image's id made up for it
update task_new set image = null
where action = 'VerifyImages' and json_extract(work, '$.image') is null;
drop table task;
alter table task_new rename to task;

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

-- As in V001: what the planner shall believe.
delete from sqlite_stat1;
insert into sqlite_stat1 (tbl, idx, stat) values
    ('image', 'sqlite_autoindex_image_1', '100000 1'),
    ('image', 'image_name', '100000 20000 5000 1'),
    ('image', 'image_any_name', '100000 20000 5000 1'),
    ('image', 'image_created', '100000 20000 5000 1 1 1'),
    ('image', 'image_failed', '1000 1'),
    ('image', 'image_family', '10000 2000 500 10 1 1'),
    ('image', 'image_public', '1000 200 1 1'),
    ('image', 'image_group', '10000 100'),
    ('image', 'image_source', '50000 2 2 1 1'),
    ('disk', 'disk', '150000 2 1'),
    ('disk', 'disk_snapshot', '150000 1 1 1'),
    ('image_tag', 'image_tag', '200000 2 1'),
    ('image_tag', 'image_tag_value', '200000 40000 10000 1000 100 1 1 1'),
    ('image_tag_count', 'image_tag_count', '4000 800 200 20 2 1'),
    ('image_share', 'image_share', '1000 2 1'),
    ('image_share', 'image_share_account', '1000 100 50 1 1'),
    ('image_share', 'image_share_owner', '1000 100 50 2 1'),
    ('snapshot', 'sqlite_autoindex_snapshot_1', '200000 1'),
    ('snapshot', 'snapshot_created', '200000 40000 10000 1 1'),
    ('snapshot', 'snapshot_expires', '1000 200 1'),
    ('deleted_snapshot', 'deleted_snapshot_deleted', '1000 1'),
    ('snapshot', 'snapshot_group', '10000 100'),
    ('snapshot', 'snapshot_name', '200000 40000 10000 10 1 1'),
    ('snapshot_tag', 'snapshot_tag', '20000 2 1'),
    ('snapshot_tag', 'snapshot_tag_value', '20000 4000 1000 100 10 1 1'),
    ('task', 'sqlite_autoindex_task_1', '100000 1'),
    ('task', 'task_image', '100000 1'),
    ('task', 'task_bringing', '100000 1'),
    ('task', 'task_snapshot', '1000 1'),
    ('task', 'task_created', '100000 20000 1 1 1 1 1'),
    ('task', 'task_ended', '100000 1'),
    ('task', 'task_slot', '100 10 3 1'),
    ('task', 'task_copy', '10000 1 1 1'),
    ('task', 'task_source_image', '10000 1'),
    ('task', 'task_waiting', '10000 2000 1000 100 1'),
    ('task', 'task_queue', '10000 2000 1000 1');

pragma user_version = 2;
