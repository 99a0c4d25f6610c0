create schema votes;

create table votes.candidates (
    candidate_id      text primary key,
    name              text not null,
    party_affiliation text,
    biography         text,
    campaign_platform text,
    photo_url         text
);

create table votes.voters (
    voter_id            text primary key,
    name                text,
    date_of_birth       date,
    gender              text,
    nationality         text,
    registration_number text,
    street              text,
    city                text,
    state               text,
    country             text,
    postcode            text,
    email               text,
    phone               text,
    picture             text,
    registered_age      integer,
    region              text
);

-- No foreign keys: candidates, voters and votes are streams of their own, and a vote may come first.
create table votes.votes (
    vote_id      text primary key,
    voter_id     text        not null unique,
    candidate_id text        not null,
    region       text        not null,
    voting_time  timestamptz not null
);

create index votes_newest on votes.votes (voting_time desc);

-- The three tallies are written in the transaction of the votes they count.
create table votes.votes_per_candidate (
    candidate_id text primary key,
    votes        bigint not null
);

create table votes.turnout_by_region (
    region     text primary key,
    votes      bigint not null,
    registered bigint not null,
    rate       double precision generated always as
        (case when registered > 0 then votes::double precision / registered end) stored
);

create table votes.tally_by_minute (
    minute       timestamptz not null,
    candidate_id text        not null,
    votes        bigint      not null,
    primary key (minute, candidate_id)
);

create view votes.standings as
select rank() over (order by t.votes desc)                   as place,
       t.candidate_id,
       coalesce(c.name, t.candidate_id)                       as name,
       c.party_affiliation,
       t.votes,
       t.votes / nullif(sum(t.votes) over (), 0)::double precision as share
from votes.votes_per_candidate t
left join votes.candidates c using (candidate_id);
