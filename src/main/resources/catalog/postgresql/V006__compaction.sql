-- What version 6 on SQLite has.

alter table stored_object add column suspect smallint not null default 0 check (suspect in (0, 1));
alter table stored_object add column dead bigint not null default 0 check (dead >= 0);
update stored_object set suspect = 1 where kind = 'SEGMENT' and loose = 0;
create index stored_object_suspect on stored_object (region, number)
    where suspect = 1 and loose = 0;
create index stored_object_dead on stored_object (region) where dead > 0 and loose = 0;
create index stored_object_claim on stored_object (claim) where kind = 'SEGMENT';

create function object_shared_less() returns trigger language plpgsql as $$
begin
    update stored_object set suspect = 1
    where number = old.object and suspect = 0 and kind = 'SEGMENT'
        and exists (select 1 from part_object where object = old.object);
    return null;
end $$;
create trigger object_shared_less after delete on part_object
for each row execute function object_shared_less();

create function claim_given_up() returns trigger language plpgsql as $$
begin
    update stored_object set suspect = 1
    where claim = old.id and suspect = 0 and kind = 'SEGMENT'
        and exists (select 1 from piece where claim = old.id);
    return old;
end $$;
create trigger claim_given_up before delete on claim
for each row execute function claim_given_up();

update catalog_format set version = 6;
