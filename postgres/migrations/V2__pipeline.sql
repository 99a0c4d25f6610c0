-- Everything that was refused anywhere, so that it can be looked at and sent again.
create schema pipeline;

create table pipeline.dead_letters (
    id       text primary key,       -- <source>/<event-id> of the letter; its place in the topic where it has none
    ts       timestamptz not null,   -- the letter's time
    origin   text        not null,   -- the source or topic that the refused event came from
    reason   text        not null,
    raw      bytea       not null,   -- the refused event as it was
    text     text                    -- the same, where it is UTF-8
);

create index dead_letters_newest on pipeline.dead_letters (ts desc);

create view pipeline.dead_letters_by_origin as
select origin, count(*) as letters, max(ts) as newest
from pipeline.dead_letters
group by origin;
