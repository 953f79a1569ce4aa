-- By what nodes tell that they share what they must share.

-- `image_folder`: what the mark in the folder of disk images says that all nodes share; null until one of
-- several nodes has started.
alter table installation add column image_folder text;

-- `founded`: the generation with which the region's store was made; 0 until that has ended. A store that
-- never saw it is another one.
alter table region add column founded integer not null default 0 check (founded >= 0);

pragma user_version = 13;
