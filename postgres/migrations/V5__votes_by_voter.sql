-- A vote is known by its voter: what counts is one vote of each, and another one may take its place.
alter table votes.votes drop constraint votes_pkey;
alter table votes.votes drop constraint votes_voter_id_key;
alter table votes.votes add primary key (voter_id);

-- Personal data goes when it is older than the retention; the voter stays, as a number of its region's register.
alter table votes.voters
    add column registered_at timestamptz not null default now(), -- when the broker got the last record of the voter
    add column cleared_at    timestamptz;                        -- since when nothing personal is left

create index voters_to_clear on votes.voters (registered_at) where cleared_at is null;

-- A vote that is replaced may leave nothing behind in its minute.
create index tally_by_minute_empty on votes.tally_by_minute (minute) where votes = 0;
