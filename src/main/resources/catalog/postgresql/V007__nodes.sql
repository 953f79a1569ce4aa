-- What version 7 on SQLite has.

create table node (
    name word primary key,
    host text not null,
    version text not null,
    since bigint not null,
    seen bigint not null,
    beat bigint not null check (beat > 0),
    draining smallint not null check (draining in (0, 1))
);

create table duty (
    region word not null references region,
    name word not null,
    node word not null,
    until bigint not null,
    primary key (region, name)
);
create index duty_node on duty (node);

update catalog_format set version = 7;
