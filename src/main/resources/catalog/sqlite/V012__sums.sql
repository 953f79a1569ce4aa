-- Sums that pages ask for every few seconds, whatever the size of what is summed up.

-- The bytes of a scope's objects that parts need, kept by the trigger. The sum of its slots counts: an
-- object is in that of the claim which it was written under, so that claims at work do not meet here.
create table stored_sum (
    scope integer not null references scope,
    slot integer not null check (slot between 0 and 63),
    bytes integer not null check (bytes >= 0),
    primary key (scope, slot)
) strict, without rowid;

insert into stored_sum
select scope, claim % 64, sum(bytes) from stored_object where loose = 0 group by scope, claim % 64;

create trigger object_summed after update of loose, bytes on stored_object
when old.loose <> new.loose or (new.loose = 0 and old.bytes <> new.bytes) begin
    insert into stored_sum values (new.scope, new.claim % 64, 0) on conflict (scope, slot) do nothing;
    update stored_sum
    set bytes = bytes - (1 - old.loose) * old.bytes + (1 - new.loose) * new.bytes
    where scope = new.scope and slot = new.claim % 64;
end;

-- An account's open tasks in a region are counted by it alone.
create index task_open on task (account, region, status) where status in ('Waiting', 'Processing');
insert into sqlite_stat1 (tbl, idx, stat) values ('task', 'task_open', '10000 2000 500 250');

pragma user_version = 12;
