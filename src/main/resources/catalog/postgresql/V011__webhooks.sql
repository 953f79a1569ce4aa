-- What version 11 on SQLite has.

create table webhook (
    id word primary key,
    account word not null references account,
    url word not null,
    types word not null,
    wrapped_secret word not null,
    created bigint not null,
    claim bigint not null default 0,
    busy_until bigint not null default 0,
    failing_since bigint,
    failures integer not null default 0 check (failures >= 0),
    last_tried bigint,
    last_delivered bigint,
    last_error word not null default '',
    disabled bigint,
    missed bigint not null default 0 check (missed >= 0),
    check ((failing_since is null) = (failures = 0))
);
create index webhook_account on webhook (account, created, id);

create table delivery (
    webhook word not null references webhook on delete cascade,
    event bigint not null references event on delete cascade,
    attempts integer not null default 0 check (attempts >= 0),
    due bigint not null,
    primary key (webhook, event)
);
create index delivery_due on delivery (webhook, due);
create index delivery_event on delivery (event);

update catalog_format set version = 11;
