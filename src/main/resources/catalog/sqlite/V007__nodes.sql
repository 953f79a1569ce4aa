-- The processes that use this catalog, and what one of them at a time does.

-- `seen`: when it last said that it is there, which it does every `beat` milliseconds.
create table node (
    name text primary key,
    host text not null,
    version text not null,
    since integer not null,
    seen integer not null,
    beat integer not null check (beat > 0),
    draining integer not null check (draining in (0, 1))
) strict, without rowid;

-- Who does in a region what all may do but one is enough for. Nothing is wrong if two do it.
create table duty (
    region text not null references region,
    name text not null,
    node text not null,
    until integer not null,
    primary key (region, name)
) strict, without rowid;
create index duty_node on duty (node);

pragma user_version = 7;
