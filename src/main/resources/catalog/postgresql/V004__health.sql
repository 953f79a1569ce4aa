-- What version 4 on SQLite has.

insert into image_state values ('UnAvailable');

alter table image add column deprecated smallint not null default 0
    check (deprecated = 0 or (deprecated = 1 and state = 'UnAvailable'));

alter table stored_object add column checked bigint not null default 0;
alter table stored_object add column lost smallint not null default 0 check (lost in (0, 1));
create index stored_object_checked on stored_object (region, checked) where state = 'LIVE';
create index stored_object_lost on stored_object (region) where lost = 1;

create table bad_block (
    object bigint not null references stored_object on delete cascade,
    ordinal integer not null check (ordinal >= 0),
    region word not null references region,
    found bigint not null,
    primary key (object, ordinal)
);
create index bad_block_region on bad_block (region);

alter table part add column heal_at bigint;
alter table part add column damage word check (damage is null or heal_at is not null);
create index part_ailing on part (region, heal_at) where heal_at is not null;

update catalog_format set version = 4;
