-- What version 12 on SQLite has.

create table stored_sum (
    scope bigint not null references scope,
    slot integer not null check (slot between 0 and 63),
    bytes bigint not null check (bytes >= 0),
    primary key (scope, slot)
);

insert into stored_sum
select scope, claim % 64, sum(bytes) from stored_object where loose = 0 group by scope, claim % 64;

create function object_summed() returns trigger language plpgsql as $$
begin
    insert into stored_sum values (new.scope, new.claim % 64, 0) on conflict (scope, slot) do nothing;
    update stored_sum
    set bytes = bytes - (1 - old.loose) * old.bytes + (1 - new.loose) * new.bytes
    where scope = new.scope and slot = new.claim % 64;
    return null;
end $$;
create trigger object_summed after update of loose, bytes on stored_object
for each row when (old.loose <> new.loose or (new.loose = 0 and old.bytes <> new.bytes))
execute function object_summed();

create index task_open on task (account, region, status) where status in ('Waiting', 'Processing');

update catalog_format set version = 12;
