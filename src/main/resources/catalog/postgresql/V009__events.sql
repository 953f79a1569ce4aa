-- What version 9 on SQLite has.

create sequence event_number;
select setval('event_number', (extract(epoch from clock_timestamp()) * 1000000)::bigint);

create table event (
    number bigint primary key default nextval('event_number'),
    task word not null unique references task on delete cascade,
    account word not null references account,
    region word not null references region,
    image_name word,
    started bigint
);
create index event_account on event (account, number);
create index event_region on event (account, region, number);

-- Whoever adds events locks its row first and until its commit, so that numbers come in the order of
-- the commits: who has read one never misses a lower one.
create table event_turn (one smallint primary key check (one = 1));
insert into event_turn values (1);

update catalog_format set version = 9;
