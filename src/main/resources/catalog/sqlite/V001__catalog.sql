-- The catalog's tables. What must hold whatever a caller does is held here.
--
-- Times are milliseconds since 1970 (UTC), lengths are bytes, ids are the domain's texts; digests and
-- object ids are their bytes. A migration that was released is never changed: the next one is V002.

create table installation (
    one integer primary key check (one = 1),
    id text not null check (length(id) = 32)
) strict;

create table account (
    id text primary key check (length(id) = 16),
    name text not null
) strict, without rowid;

create table access_key (
    id text primary key,
    account text not null references account,
    wrapped_secret text not null,
    active integer not null check (active in (0, 1))
) strict, without rowid;

-- Each number counts up: `ticket` the region's queues, `generation` its store's, `record` its outbox.
create table region (
    id text primary key,
    ticket integer not null default 0 check (ticket >= 0),
    generation integer not null default 0 check (generation >= 0),
    record integer not null default 0 check (record >= 0)
) strict, without rowid;

-- `dirty_since`: when objects were condemned to which rows of the block index may lead that no sweep
-- has looked at since. `swept`: the name up to which a sweep has come; null while none is under way.
create table scope (
    id integer primary key,
    account text not null references account,
    region text not null references region,
    dirty_since integer,
    swept blob,
    unique (account, region)
) strict;
create index scope_unswept on scope (region) where dirty_since is not null or swept is not null;

-- Snapshots

create table snapshot (
    id text primary key,
    account text not null references account,
    region text not null references region,
    name text not null,
    bytes integer not null check (bytes >= 0),
    digest blob check (length(digest) = 32),
    created integer not null,
    source_snapshot text,
    source_region text,
    check ((source_snapshot is null) = (source_region is null))
) strict;
create index snapshot_created on snapshot (account, region, created desc, id);

-- Images

create table image (
    id text primary key,
    account text not null references account,
    region text not null references region,
    name text not null,
    description text not null,
    state text not null check (state in ('Waiting', 'Creating', 'Available', 'CreateFailed')),
    reason text,
    created integer not null,
    source_image text,
    source_region text,
    architecture text not null,
    os_type text not null,
    platform text not null,
    boot_mode text not null,
    bytes integer not null check (bytes >= 0),
    revision integer not null check (revision > 0),
    check ((state = 'CreateFailed') = (reason is not null)),
    check ((source_image is null) = (source_region is null))
) strict;
create unique index image_name on image (account, region, name) where state <> 'CreateFailed';
create index image_any_name on image (account, region, name);
create index image_created on image (account, region, created desc, id, state);
create index image_failed on image (created) where state = 'CreateFailed';

create table disk (
    image text not null references image on delete cascade,
    number integer not null check (number >= 0),
    bytes integer not null check (bytes >= 0),
    snapshot text not null references snapshot,
    primary key (image, number)
) strict, without rowid;
create index disk_snapshot on disk (snapshot);

create table tag (
    image text not null references image on delete cascade,
    key text not null,
    value text not null,
    position integer not null,
    primary key (image, key)
) strict, without rowid;

-- How many images there are, so that the first and the last page of a long list cost the same.
create table image_count (
    account text not null,
    region text not null,
    state text not null,
    images integer not null check (images >= 0),
    primary key (account, region, state)
) strict, without rowid;

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

-- Tasks and claims

-- `source` is the image that the task reads and that must stay until it ends; `image` may be gone.
create table task (
    id text primary key,
    account text not null references account,
    region text not null references region,
    image text not null,
    source text,
    action text not null
        check (action in ('CopyImage', 'ImportImage', 'ExportImage', 'VerifyImages')),
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
    check ((status = 'Processing') = (slot is not null)),
    check ((status = 'Processing') = (started is not null)),
    check ((status in ('Finished', 'Failed', 'Cancelled')) = (ended is not null)),
    check ((status = 'Failed') = (reason is not null))
) strict;
create unique index task_slot on task (region, action, slot) where status = 'Processing';
create unique index task_copy on task (source, region)
    where action = 'CopyImage' and status in ('Waiting', 'Processing');
create index task_source_image on task (source) where status in ('Waiting', 'Processing');
create unique index task_bringing on task (image) where action in ('CopyImage', 'ImportImage');
create index task_image on task (image);
create index task_waiting on task (region, action, account, ticket) where status = 'Waiting';
-- Happily 'Processing' sorts before 'Waiting', as it should.
create index task_queue on task (region, status, ticket) where status in ('Waiting', 'Processing');
create index task_created on task (account, created desc, id, region, action, status);
create index task_ended on task (ended) where ended is not null;

create table task_source (
    task text not null references task on delete cascade,
    snapshot text not null references snapshot,
    primary key (task, snapshot)
) strict, without rowid;
create index task_source_snapshot on task_source (snapshot);

-- Whose turn it was: in a queue, the account with the lowest turn was served longest ago.
create table served (
    region text not null references region,
    action text not null,
    account text not null references account,
    turn integer not null,
    primary key (region, action, account)
) strict, without rowid;

-- A claim's number is the epoch that fences its holder, so it is never used again.
create table claim (
    id integer primary key autoincrement,
    task text not null references task on delete cascade,
    node text not null,
    until integer not null
) strict;
create index claim_task on claim (task);
create index claim_until on claim (until);
create index claim_node on claim (node);

-- A piece of a task's work that is not done: a part of a snapshot, or, where these are null, all of it.
-- `counted` is the most that was ever reported of it, and so is in the task's progress already.
create table piece (
    id integer primary key,
    task text not null references task on delete cascade,
    snapshot text references snapshot,
    number integer check (number >= 0),
    claim integer references claim on delete set null,
    attempts integer not null default 0 check (attempts >= 0),
    not_before integer not null default 0,
    source blob check (length(source) = 32),
    bytes integer not null default 0 check (bytes >= 0),
    counted integer not null default 0 check (counted >= 0),
    unique (snapshot, number),
    check ((snapshot is null) = (number is null))
) strict;
create index piece_task on piece (task, id);
create unique index piece_claim on piece (claim) where claim is not null;
create unique index piece_whole on piece (task) where snapshot is null;

-- Objects and parts

-- `loose`: no part needs it. Kept by the triggers below, for a collector can't look for what is not
-- there. `claim` is no reference: it tells whose work the object is, also when the claim is gone.
-- Numbers are never used again, for rows of the block index may outlive their object.
create table stored_object (
    number integer primary key autoincrement,
    id blob not null unique check (length(id) = 16),
    scope integer not null references scope,
    region text not null references region,
    kind text not null check (kind in ('SEGMENT', 'MANIFEST')),
    state text not null check (state in ('WRITING', 'LIVE', 'CONDEMNED')),
    claim integer not null,
    bytes integer not null check (bytes >= 0),
    loose integer not null default 1 check (loose in (0, 1)),
    condemned_at integer,
    check ((state = 'CONDEMNED') = (condemned_at is not null)),
    check (loose = 1 or state = 'LIVE')
) strict;
create index stored_object_standing on stored_object (region, state, loose, bytes);
create index stored_object_live on stored_object (region, id) where state = 'LIVE';
create index stored_object_condemned on stored_object (region, condemned_at)
    where state = 'CONDEMNED';

-- `loose`: no snapshot has it. `manifest` is among the part's rows in `part_object`, which hold it.
create table part (
    id integer primary key autoincrement,
    scope integer not null references scope,
    region text not null references region,
    digest blob not null check (length(digest) = 32),
    manifest integer not null,
    content_bytes integer not null check (content_bytes >= 0),
    loose integer not null default 1 check (loose in (0, 1)),
    unique (scope, digest)
) strict;
create index part_loose on part (region) where loose = 1;

-- Liveness is this relation: what a part needs is not condemned, and can't be forgotten.
create table part_object (
    part integer not null references part on delete cascade,
    object integer not null references stored_object on delete restrict,
    primary key (part, object)
) strict, without rowid;
create index part_object_object on part_object (object);

create trigger object_needed after insert on part_object begin
    update stored_object set loose = 0 where number = new.object and loose = 1;
end;

create trigger object_released after delete on part_object
when not exists (select 1 from part_object where object = old.object) begin
    update stored_object set loose = 1 where number = old.object;
end;

-- `scope`, `disk_bytes` and `created` repeat the snapshot's, for the indexes that find the nearest.
create table snapshot_part (
    snapshot text not null references snapshot on delete cascade,
    number integer not null check (number >= 0),
    part integer not null references part,
    scope integer not null,
    disk_bytes integer not null,
    created integer not null,
    primary key (snapshot, number)
) strict, without rowid;
create index snapshot_part_part on snapshot_part (part);
create index snapshot_part_equal on snapshot_part (scope, number, disk_bytes, created desc, snapshot);
create index snapshot_part_newest on snapshot_part (scope, number, created desc, snapshot);

create trigger part_attached after insert on snapshot_part begin
    update part set loose = 0 where id = new.part and loose = 1;
end;

create trigger part_detached after delete on snapshot_part
when not exists (select 1 from snapshot_part where part = old.part) begin
    update part set loose = 1 where id = old.part;
end;

create trigger part_exchanged after update of part on snapshot_part when old.part <> new.part begin
    update part set loose = 0 where id = new.part and loose = 1;
    update part set loose = 1
    where id = old.part and not exists (select 1 from snapshot_part where part = old.part);
end;

-- The block index: by far the largest table, about 30 bytes a row. It has no second index and no
-- reference to `stored_object`: either would double it. See JdbcBlockIndex for how stale rows go.
create table block (
    scope integer not null,
    name blob not null,
    object integer not null,
    ordinal integer not null,
    primary key (scope, name)
) strict, without rowid;

-- Outbox and tokens

-- The newest record of each subject: what its next one supersedes.
create table subject (
    region text not null references region,
    id text not null,
    sequence integer not null,
    primary key (region, id)
) strict, without rowid;

create table outbox (
    region text not null references region,
    sequence integer not null,
    subject text not null,
    body text not null,
    supersedes integer,
    primary key (region, sequence)
) strict, without rowid;

create table nonce (
    access_key text not null,
    nonce text not null,
    until integer not null,
    primary key (access_key, nonce)
) strict, without rowid;
create index nonce_until on nonce (until);

create table client_token (
    account text not null,
    action text not null,
    token text not null,
    parameters blob not null check (length(parameters) = 32),
    answer text not null,
    until integer not null,
    primary key (account, action, token)
) strict, without rowid;
create index client_token_until on client_token (until);

-- What the planner shall believe of the tables' sizes, instead of what ANALYZE would count: so plans do
-- not change with what happens to be in them, and QueryPlanTest sees those that people get. Without it
-- SQLite takes a list of an account's images to be shorter than a list of ids. A row holds the number
-- of rows, then how many share the first column of the index, the first two, and so on; see
-- sqlite.org, "The SQLite Database File Format", sqlite_stat1.
analyze;
delete from sqlite_stat1;
insert into sqlite_stat1 (tbl, idx, stat) values
    ('image', 'sqlite_autoindex_image_1', '100000 1'),
    ('image', 'image_name', '100000 20000 5000 1'),
    ('image', 'image_any_name', '100000 20000 5000 1'),
    ('image', 'image_created', '100000 20000 5000 1 1 1'),
    ('image', 'image_failed', '1000 1'),
    ('disk', 'disk', '150000 2 1'),
    ('disk', 'disk_snapshot', '150000 1 1 1'),
    ('tag', 'tag', '200000 2 1'),
    ('snapshot', 'sqlite_autoindex_snapshot_1', '200000 1'),
    ('snapshot', 'snapshot_created', '200000 40000 10000 1 1'),
    ('task', 'sqlite_autoindex_task_1', '100000 1'),
    ('task', 'task_image', '100000 1'),
    ('task', 'task_bringing', '100000 1'),
    ('task', 'task_created', '100000 20000 1 1 1 1 1'),
    ('task', 'task_ended', '100000 1'),
    ('task', 'task_slot', '100 10 3 1'),
    ('task', 'task_copy', '10000 1 1'),
    ('task', 'task_source_image', '10000 1'),
    ('task', 'task_waiting', '10000 2000 1000 100 1'),
    ('task', 'task_queue', '10000 2000 1000 1');

-- 'ifry': tells that the file is a catalog. Each migration ends with its own version, for a start that
-- finds the newest one needs no migration tool, which takes longer to load than all else.
pragma application_id = 1768321657;
pragma user_version = 1;
