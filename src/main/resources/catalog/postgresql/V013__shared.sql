-- What version 13 on SQLite has.

alter table installation add column image_folder word;
alter table region add column founded bigint not null default 0 check (founded >= 0);

-- Another number whenever somebody had the catalog for himself: a node that was cut off meanwhile finds out
-- with its next connection.
alter table catalog_format add column epoch bigint not null default 0;

update catalog_format
set version = 13, epoch = (extract(epoch from clock_timestamp()) * 1000000)::bigint;
