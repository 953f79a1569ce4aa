-- What is known to be bad in the stores, which parts that concerns, and when objects were looked at.

insert into image_state values ('UnAvailable');

-- Whether an unavailable image was deprecated, and will be again.
alter table image add column deprecated integer not null default 0
    check (deprecated = 0 or (deprecated = 1 and state = 'UnAvailable'));

-- `checked`: when it was last written or read as a whole. `lost`: it is missing, or what it says of
-- itself is not true; the block index leads past it.
alter table stored_object add column checked integer not null default 0;
alter table stored_object add column lost integer not null default 0 check (lost in (0, 1));
create index stored_object_checked on stored_object (region, checked) where state = 'LIVE';
create index stored_object_lost on stored_object (region) where lost = 1;

-- Blocks that are bad, each at its place; the index does not lead to them. Manifests still do.
create table bad_block (
    object integer not null references stored_object on delete cascade,
    ordinal integer not null check (ordinal >= 0),
    region text not null references region,
    found integer not null,
    primary key (object, ordinal)
) strict, without rowid;
create index bad_block_region on bad_block (region);

-- `heal_at`: the part ails, and this is when to look at it next. `damage`: what could not be healed.
alter table part add column heal_at integer;
alter table part add column damage text check (damage is null or heal_at is not null);
create index part_ailing on part (region, heal_at) where heal_at is not null;

pragma user_version = 4;
