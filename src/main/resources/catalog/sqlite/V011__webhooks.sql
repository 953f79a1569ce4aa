-- Where accounts want to be told of events, and what is still to be told.

-- `types`: names of event types between blanks; empty for all. `claim` counts the tries to deliver
-- something, and fences the one that has it now: until `busy_until` nobody else begins another.
-- `failing_since` and `failures`: since the last success. `missed`: events that found the queue full.
create table webhook (
    id text primary key,
    account text not null references account,
    url text not null,
    types text not null,
    wrapped_secret text not null,
    created integer not null,
    claim integer not null default 0,
    busy_until integer not null default 0,
    failing_since integer,
    failures integer not null default 0 check (failures >= 0),
    last_tried integer,
    last_delivered integer,
    last_error text not null default '',
    disabled integer,
    missed integer not null default 0 check (missed >= 0),
    check ((failing_since is null) = (failures = 0))
) strict;
create index webhook_account on webhook (account, created, id);

create table delivery (
    webhook text not null references webhook on delete cascade,
    event integer not null references event on delete cascade,
    attempts integer not null default 0 check (attempts >= 0),
    due integer not null,
    primary key (webhook, event)
) strict, without rowid;
create index delivery_due on delivery (webhook, due);
create index delivery_event on delivery (event);

pragma user_version = 11;
