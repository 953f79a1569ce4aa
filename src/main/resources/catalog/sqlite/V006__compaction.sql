-- Which segments may hold much that no part needs, and how much is known to be.

-- `suspect`: nobody has looked at it since a part gave it up that others keep, or since its writer gave
-- up. `dead`: bytes of it that no part needed when it was last looked at. What older programs left may
-- all be suspect, once.
alter table stored_object add column suspect integer not null default 0 check (suspect in (0, 1));
alter table stored_object add column dead integer not null default 0 check (dead >= 0);
update stored_object set suspect = 1 where kind = 'SEGMENT' and loose = 0;
create index stored_object_suspect on stored_object (region, number)
    where suspect = 1 and loose = 0;
create index stored_object_dead on stored_object (region) where dead > 0 and loose = 0;
create index stored_object_claim on stored_object (claim) where kind = 'SEGMENT';

create trigger object_shared_less after delete on part_object
when exists (select 1 from part_object where object = old.object) begin
    update stored_object set suspect = 1
    where number = old.object and suspect = 0 and kind = 'SEGMENT';
end;

-- A claim whose piece is still there ends without it. What was written under it may have been found
-- by others since, and be needed for a few of its blocks.
create trigger claim_given_up before delete on claim
when exists (select 1 from piece where claim = old.id) begin
    update stored_object set suspect = 1
    where claim = old.id and suspect = 0 and kind = 'SEGMENT';
end;

pragma user_version = 6;
