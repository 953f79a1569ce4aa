-- The ends of tasks, one after the other, for those who wait for them.

-- An event's facts are its task's, and it goes with its task. `number`: in the order in which the ends
-- were committed. `started`, which an ended task does not tell, is null if it never ran; `image_name`
-- is null if there was no image: that of a cancelled copy is gone by then.
create table event (
    number integer primary key autoincrement,
    task text not null unique references task on delete cascade,
    account text not null references account,
    region text not null references region,
    image_name text,
    started integer
) strict;
create index event_account on event (account, number);
create index event_region on event (account, region, number);

-- Numbers begin at the present microsecond, so that those of a catalog that was rebuilt come after
-- those of the one that was lost.
insert into sqlite_sequence (name, seq)
values ('event', cast((julianday('now') - 2440587.5) * 86400000000 as integer));

pragma user_version = 9;
